import { configurationError } from "../errors.ts";
import { ownWords } from "../plan/own-process.ts";
import { shellWord } from "../shell-word.ts";

/**
 * The `credential_process` that gets the session of a profile. Shells split it into words (most SDKs run one)
 * and so does Python's `shlex` (for botocore), both to the same ones. Throws 253 for what no line can hold.
 */
export function processCommand(program: readonly string[], profile: string): string {
  const named = profile.startsWith("-") ? [`--profile=${profile}`] : ["--profile", profile];
  const words = [...program, "credential-process", ...named];
  if (words.some((word) => /[\p{Cc}\p{Cs}]/u.test(word))) throw unfitCharacterError();
  return words.map((word) => withoutComment(shellWord(word))).join(" ");
}

/**
 * How a command runs awsmfa for a profile, and does nothing else: by a name that the `PATH` leads to, or by
 * paths such as `processCommand` writes. Undefined for any other command.
 */
export function wayOfCommand(command: string, profile: string): "by-name" | "by-path" | undefined {
  const { program, options } = ownWords(command) ?? { program: [], options: [] };
  const named = options.join("\n");
  const isForIt = named === `--profile\n${profile}` || named === `--profile=${profile}`;
  if (program.length > 2 || !isForIt) return undefined;
  if (program.length === 1 && program[0] === "awsmfa") return "by-name";
  return program.every((word) => /^(?:[A-Za-z]:)?[\\/]/.test(word)) ? "by-path" : undefined;
}

/** To some SDKs a comment begins at `#` and `;` behind white space: two quotes there mean nothing else. */
function withoutComment(word: string): string {
  return word.replaceAll(/(?<=\s)(?=[#;])/g, "''");
}

function unfitCharacterError(): Error {
  return configurationError(
    "UnfitCharacter",
    "the path of awsmfa, or of Node, or the profile has a control character in its name, which no line of a file can hold.",
    { hint: "Rename that, and try again." },
  );
}
