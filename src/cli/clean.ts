import type { Command } from "commander";
import { readProfileFiles } from "../aws/files/profiles.ts";
import type { ProfileFiles } from "../core/aws-files/profile.ts";
import type { Context } from "../core/context.ts";
import { AwsmfaError, ExitCode } from "../core/errors.ts";
import { suppliedBy } from "../core/plan/own-process.ts";
import { printable, printableName } from "../core/printable.ts";
import { temporaryPrefix } from "../core/session/session-file-name.ts";
import { describeOwner } from "../core/session/session-owner.ts";
import { filesOf } from "../session/files-of.ts";
import { forget, type Forgotten } from "../session/forget.ts";
import { listStore } from "../session/names-in-store.ts";
import { tell } from "./tell.ts";
import { tellOfCopies, tellOfCredentialsFile, tellOfThisShell } from "./where-it-stays.ts";

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
  forgotten.forEach(tellOne);
  if (forgotten.length === 0) tell("No session is stored.");
  return forgotten;
}

function cleanSome(context: Context, profiles: readonly string[]): Forgotten[] {
  const awsFiles = readableFiles(context);
  const files = profiles.map((profile) => {
    const names = new Set([profile, suppliedBy(awsFiles, profile)]);
    return [...names].flatMap((name) => filesOf(context, name));
  });
  const without = profiles.filter((_, index) => files[index]?.length === 0);
  const forgotten = forget(context, [...new Set(files.flat())]);
  for (const profile of without) {
    tell(`No session of profile ${printableName(profile)} is stored.`);
  }
  for (const one of forgotten) {
    tellOne(one);
    if (one.session !== undefined && one.fault === undefined) tellOfCopies(context, one.session);
  }
  return forgotten;
}

/** Sessions can be forgotten without the AWS files: they only tell which profile has the session of another one. */
function readableFiles({ env }: Context): Pick<ProfileFiles, "find"> {
  try {
    return readProfileFiles(env);
  } catch {
    return { find: () => undefined };
  }
}

function tellOne({ name, session, fault }: Forgotten): void {
  if (fault !== undefined || name.startsWith(temporaryPrefix)) return;
  tell(
    session === undefined
      ? `Removed ${printable(name)}, which held no session.`
      : `Forgot the session of ${describeOwner(name, session)}.`,
  );
}

function keptError(kept: readonly Forgotten[]): AwsmfaError {
  const names = kept.map(({ name, fault }) => `${printable(name)} (${fault})`).join(", ");
  return new AwsmfaError(`in the session store, these could not be removed: ${names}.`, {
    code: "NotRemoved",
    exitCode: ExitCode.general,
    hint: "Look into ~/.aws/aws-mfa-secure-sessions, and remove them by hand.",
  });
}
