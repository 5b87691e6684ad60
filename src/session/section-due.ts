import type { IniSection } from "../core/aws-files/ini.ts";
import type { Context } from "../core/context.ts";
import { renewalDue, type RenewalDue, type Wanted } from "../core/refresh/renewal-due.ts";
import { mfaRequestOf, type SessionRequest } from "../core/request/session-request.ts";
import { isOfOthers } from "./written-session.ts";

/** Whether a section serves as it is, by what the store knows of its session, too. */
export function sectionDue(
  context: Context,
  request: SessionRequest,
  section: IniSection | undefined,
  wanted: Omit<Wanted, "isOfOthers">,
): RenewalDue {
  const isForeign = isOfOthers(context, section, mfaRequestOf(request).identity);
  return renewalDue(section, { ...wanted, isOfOthers: isForeign }, context.now());
}
