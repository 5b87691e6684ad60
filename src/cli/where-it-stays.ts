import { bracketed } from "../core/aws-files/section-words.ts";
import type { Context } from "../core/context.ts";
import { variable } from "../core/environment.ts";
import { describeOwner } from "../core/session/session-owner.ts";
import type { StoredSession } from "../core/session/session.ts";
import { copiesOf } from "../session/files-of.ts";
import type { Forgotten } from "../session/forget.ts";
import { sectionsHolding } from "../session/written-session.ts";
import { tell } from "./tell.ts";

/** Profiles of one identity share its session: the next command would take it from there. */
export function tellOfCopies(context: Context, session: StoredSession): void {
  const owners = copiesOf(context, session).map((copy) => describeOwner(copy.name, copy));
  if (owners.length === 0) return;
  tell(`It is stored for ${owners.join(" and ")}, too, and will be shared from there.`);
}

/** What the store has forgotten may still stand in the environment. */
export function tellOfThisShell({ env }: Context, forgotten: readonly Forgotten[]): void {
  const key = variable(env, "AWS_ACCESS_KEY_ID");
  const held = forgotten.find(
    ({ session }) => session !== undefined && session.accessKeyId === key,
  );
  if (held?.session === undefined) return;
  const what = forgotten.length === 1 ? "it" : `that of ${describeOwner(held.name, held.session)}`;
  tell(`This shell still holds ${what}: awsmfa unsets prints what takes it out.`);
}

/** `refresh` writes sessions where programs find them by themselves. */
export function tellOfCredentialsFile(
  context: Context,
  forgotten: readonly Forgotten[],
  profiles: readonly string[],
): void {
  const keyIds = forgotten.flatMap(({ session }) => session?.accessKeyId ?? []);
  const sections = sectionsHolding(context, keyIds, profiles);
  if (sections.length === 0) return;
  const holds =
    sections.length === 1
      ? "still holds a session: programs use it until it expires."
      : "still hold sessions: programs use them until they expire.";
  tell(`${bracketed(sections)} of the credentials file ${holds}`);
}
