import type { Command } from "commander";
import { bracketed } from "../core/aws-files/section-words.ts";
import type { Context } from "../core/context.ts";
import { AwsmfaError, ExitCode } from "../core/errors.ts";
import { variable } from "../core/environment.ts";
import { printable, printableName } from "../core/printable.ts";
import { temporaryPrefix } from "../core/session/session-file-name.ts";
import { describeOwner } from "../core/session/session-owner.ts";
import type { StoredSession } from "../core/session/session.ts";
import { copiesOf, filesOf } from "../session/files-of.ts";
import { forget, type Forgotten } from "../session/forget.ts";
import { listStore } from "../session/names-in-store.ts";
import { sectionsHolding } from "../session/written-session.ts";
import { writeAll } from "../system/write-all.ts";

/** `awsmfa clean`: forgets the sessions of some profiles, or all that are stored. */
export function addClean(program: Command, context: Context): void {
  program
    .command("clean")
    .argument("[profiles...]")
    .summary("forget stored sessions")
    .description(
      "Forgets the sessions of these profiles and of the roles that hang on them, or every stored " +
        "session, and says which. They stay valid at AWS until they expire, where something else " +
        "still holds them.",
    )
    .action((profiles: string[]) => {
      const forgotten = profiles.length === 0 ? cleanAll(context) : cleanSome(context, profiles);
      tellOfThisShell(context, forgotten);
      tellOfCredentialsFile(context, forgotten, profiles);
      const kept = forgotten.filter(({ fault }) => fault !== undefined);
      if (kept.length > 0) throw keptError(kept);
    });
}

function cleanAll(context: Context): Forgotten[] {
  const forgotten = forget(context, listStore(context));
  forgotten.forEach(tell);
  if (forgotten.length === 0) tellLine("No session is stored.");
  return forgotten;
}

function cleanSome(context: Context, profiles: readonly string[]): Forgotten[] {
  const files = profiles.map((profile) => filesOf(context, profile));
  const without = profiles.filter((_, index) => files[index]?.length === 0);
  const forgotten = forget(context, [...new Set(files.flat())]);
  for (const profile of without) {
    tellLine(`No session of profile ${printableName(profile)} is stored.`);
  }
  for (const one of forgotten) {
    tell(one);
    if (one.session !== undefined && one.fault === undefined) tellOfCopies(context, one.session);
  }
  return forgotten;
}

/** Profiles of one identity share its session: the next command would take it from there. */
function tellOfCopies(context: Context, session: StoredSession): void {
  const owners = copiesOf(context, session).map((copy) => describeOwner(copy.name, copy));
  if (owners.length === 0) return;
  tellLine(`It is stored for ${owners.join(" and ")}, too, and will be shared from there.`);
}

/** What the store has forgotten may still stand in the environment. */
function tellOfThisShell({ env }: Context, forgotten: readonly Forgotten[]): void {
  const key = variable(env, "AWS_ACCESS_KEY_ID");
  const held = forgotten.find(
    ({ session }) => session !== undefined && session.accessKeyId === key,
  );
  if (held?.session === undefined) return;
  const what = forgotten.length === 1 ? "it" : `that of ${describeOwner(held.name, held.session)}`;
  tellLine(`This shell still holds ${what}: awsmfa unsets prints what takes it out.`);
}

/** `refresh` writes sessions where programs find them by themselves. */
function tellOfCredentialsFile(
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
  tellLine(`${bracketed(sections)} of the credentials file ${holds}`);
}

function tell({ name, session, fault }: Forgotten): void {
  if (fault !== undefined || name.startsWith(temporaryPrefix)) return;
  tellLine(
    session === undefined
      ? `Removed ${printable(name)}, which held no session.`
      : `Forgot the session of ${describeOwner(name, session)}.`,
  );
}

function tellLine(line: string): void {
  writeAll(1, `${line}\n`);
}

function keptError(kept: readonly Forgotten[]): AwsmfaError {
  const names = kept.map(({ name, fault }) => `${printable(name)} (${fault})`).join(", ");
  return new AwsmfaError(`in the session store, these could not be removed: ${names}.`, {
    code: "NotRemoved",
    exitCode: ExitCode.general,
    hint: "Look into ~/.aws/aws-mfa-secure-sessions, and remove them by hand.",
  });
}
