import type { Command } from "commander";
import { readProfileFiles } from "../../aws/files/profiles.ts";
import type { Context } from "../../core/context.ts";
import { printable } from "../../core/printable.ts";
import { profileOfLongTerm } from "../../core/refresh/section-names.ts";
import {
  profileFileName,
  profileOfFileName,
  profilePart,
} from "../../core/session/session-file-name.ts";
import { storedNames } from "../../session/names-in-store.ts";
import { sha256 } from "../../system/sha256.ts";
import { writeAll } from "../../system/write-all.ts";
import { completionOf, type Completion, type Names } from "./candidates.ts";

/**
 * `awsmfa complete -- word…`, which the scripts of `awsmfa completion` call at every TAB: the words after
 * `awsmfa`, up to the cursor, the last one perhaps empty. Reads names alone: no key, no session.
 */
export function addComplete(program: Command, context: Context): void {
  program
    .command("complete", { hidden: true })
    .description("Prints what the last of these words can be; the scripts of completion call it.")
    .argument("[words...]")
    .action((words: string[]) => {
      writeAll(1, linesOf(completionOf(program, words, namesIn(context))));
    });
}

/** `value<TAB>description`; for a command line of its own no value, but the index of its first word. */
function linesOf(completion: Completion): string {
  if (completion.kind === "command-line") return `\t${completion.from}\n`;
  return completion.candidates
    .filter(({ value }) => value !== "" && printable(value) === value)
    .map(({ value, description }) => `${value}\t${description}\n`)
    .join("");
}

function namesIn(context: Context): Names {
  return {
    profiles: () => profileNames(context),
    longTermProfiles: () => [
      ...new Set(profileNames(context).map((name) => profileOfLongTerm(name) ?? name)),
    ],
    storedProfiles: () => storedProfileNames(context),
  };
}

/** None from a file that cannot be read: TAB is not the key that people want to hear about it from. */
function profileNames({ env }: Context): string[] {
  try {
    return readProfileFiles(env).names();
  } catch {
    return [];
  }
}

/** Names that `clean` finds a file for; a file's own name does not tell one that is too long for it. */
function storedProfileNames(context: Context): string[] {
  const files = storedNames(context);
  const parts = new Set(files.map(profilePart));
  const told = files.flatMap((file) => profileOfFileName(file) ?? []);
  const names = new Set([...profileNames(context), ...told]);
  return [...names].filter((name) => parts.has(profileFileName(name, sha256)));
}
