import { checkCredentials } from "../aws/check-credentials.ts";
import { editCredentials } from "../aws/edit-credentials.ts";
import type { Context } from "../core/context.ts";
import { noLongTermKeys } from "../core/plan/plain-session.ts";
import { printableName } from "../core/printable.ts";
import type { RefreshPlan } from "../core/refresh/plan-refresh.ts";
import { shortTermKeys } from "../core/refresh/short-term.ts";
import type { Session } from "../core/session/session.ts";
import { haveSession } from "./have-session.ts";
import { lastingAsAsked } from "./lasting-as-asked.ts";

/** What was written. */
export interface Refreshed {
  readonly session: Session;
  /** The path of the copy that was kept of long-term keys, if any were overwritten. */
  readonly backup: string | undefined;
}

/** Has the session that is wanted, asking for a code where it must, and writes it into its section. */
export async function refreshSection(
  context: Context,
  { sections, role, seconds, request }: RefreshPlan,
  { overwriteLongTerm }: { overwriteLongTerm: boolean },
): Promise<Refreshed> {
  await checkCredentials(context);
  const session = await haveSession(context, lastingAsAsked(context, request, seconds));
  if (session === undefined) {
    throw noLongTermKeys(`the credential_process of profile ${printableName(sections.longTerm)}`);
  }
  const backup = await editCredentials(context, {
    sections: new Map([[sections.shortTerm, shortTermKeys(session, role)]]),
    overwriteLongTerm,
    backup: false,
  });
  return { session, backup };
}
