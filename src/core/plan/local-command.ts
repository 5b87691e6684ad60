import type { AwsArgs } from "./aws-args.ts";

/** Whether the AWS CLI will answer this by itself: help, versions, its own configuration and sign-in. */
export function isLocalCommand(args: readonly string[], { words, version }: AwsArgs): boolean {
  if (args.length === 0 || version || isHelp(words) || args.some(isLocalOption)) return true;
  const [command = "", operation] = words;
  if (command === "configure") return operation !== "export-credentials";
  return localCommands.has(command);
}

const localCommands = new Set(["sso", "login", "logout", "history"]);

/** `sts get-session-token` and its kin: AWS refuses them with session credentials. */
export function needsLongTermKeys({ words: [command, operation] }: AwsArgs): boolean {
  if (command !== "sts") return false;
  return operation === "get-session-token" || operation === "get-federation-token";
}

function isLocalOption(arg: string): boolean {
  if (arg === "--version" || arg === "--help" || arg === "-h") return true;
  return arg === "--generate-cli-skeleton" || arg.startsWith("--generate-cli-skeleton=");
}

/** `help`, `help topic`, `s3 help`, `s3 ls help`; never a parameter whose value is `help`. */
function isHelp(words: readonly string[]): boolean {
  if (words[0] === "help") return words.length <= 2;
  const path = words.slice(0, -1);
  if (words.at(-1) !== "help" || path.length > 3) return false;
  return path.every((word) => /^[a-z0-9][a-z0-9-]*$/.test(word));
}
