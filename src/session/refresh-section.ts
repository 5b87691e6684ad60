import { checkCredentials } from "../aws/files/check-credentials.ts";
import { editCredentials } from "../aws/files/edit-credentials.ts";
import type { Edits } from "../core/aws-files/edit-sections.ts";
import type { IniDocument, IniSection } from "../core/aws-files/ini.ts";
import type { Context } from "../core/context.ts";
import { noLongTermKeys } from "../core/plan/plain-session.ts";
import { printableName } from "../core/printable.ts";
import type { RefreshPlan } from "../core/refresh/plan-refresh.ts";
import {
  isOfRole,
  readShortTerm,
  shortTermKeys,
  type ShortTerm,
} from "../core/refresh/short-term.ts";
import type { Session } from "../core/session/session.ts";
import { haveSession } from "./have-session.ts";
import { lastingAsAsked } from "./lasting-as-asked.ts";

/** How it is to be written. */
export interface Writing {
  /** The section when it was found due. */
  readonly present: IniSection | undefined;
  readonly force: boolean;
  readonly overwriteLongTerm: boolean;
}

/** What stands in the section. */
export interface Refreshed {
  readonly expiration: Date;
  /** The path of the copy that was kept of long-term keys, if any were overwritten. */
  readonly backup: string | undefined;
}

/** Has the session that is wanted, asking for a code where it must, and writes it into its section. */
export async function refreshSection(
  context: Context,
  { sections, role, seconds, request }: RefreshPlan,
  { present, force, overwriteLongTerm }: Writing,
): Promise<Refreshed> {
  await checkCredentials(context);
  const session = await haveSession(context, lastingAsAsked(context, request, seconds));
  if (session === undefined) {
    throw noLongTermKeys(`the credential_process of profile ${printableName(sections.longTerm)}`);
  }
  const target = sections.shortTerm;
  let { expiration } = session;
  const edits = (now: IniDocument): Edits => {
    const newer = force ? undefined : newerThan(session, role, present, now.sections.get(target));
    if (newer === undefined) return new Map([[target, shortTermKeys(session, role)]]);
    ({ expiration } = newer);
    return new Map();
  };
  const backup = await editCredentials(context, { edits, overwriteLongTerm, backup: false });
  return { expiration, backup };
}

/** What another process has written meanwhile, if that lasts for longer: it may have had to replace ours. */
function newerThan(
  { expiration }: Session,
  role: string | undefined,
  before: IniSection | undefined,
  now: IniSection | undefined,
): ShortTerm | undefined {
  const keyId = (section: IniSection | undefined) =>
    section?.entries.get("aws_access_key_id")?.value;
  if (keyId(before) === keyId(now)) return undefined;
  const written = readShortTerm((key) => now?.entries.get(key)?.value);
  if (written === undefined || !isOfRole(written, role)) return undefined;
  return written.expiration > expiration ? written : undefined;
}
