/**
 * The wrapped command line, read as the AWS CLI's own parser (Python's argparse) reads it and never
 * rewritten but for one thing: an explicit `--profile` goes when a session takes its place.
 */
export interface AwsArgs {
  /** `--profile x`, `--profile=x` or a prefix of it; the last one wins, an empty one counts as absent. */
  readonly profile: string | undefined;
  /** A global option lacks its value, has one too many or is ambiguous: the CLI will say so. */
  readonly malformed: boolean;
  /** What is left without the global options and the first `--`: command, operation, parameters. */
  readonly words: readonly string[];
  /** `--no-sign-request`. */
  readonly unsigned: boolean;
  /** `--version`. */
  readonly version: boolean;
}

/** Global options of AWS CLI 1.45 and 2.36 and whether a value follows (`awscli/data/cli.json`). */
const globalOptions: ReadonlyMap<string, boolean> = new Map([
  ["--ca-bundle", true],
  ["--cli-auto-prompt", false],
  ["--cli-binary-format", true],
  ["--cli-connect-timeout", true],
  ["--cli-error-format", true],
  ["--cli-read-timeout", true],
  ["--color", true],
  ["--debug", false],
  ["--endpoint-url", true],
  ["--no-cli-auto-prompt", false],
  ["--no-cli-pager", false],
  ["--no-paginate", false],
  ["--no-sign-request", false],
  ["--no-verify-ssl", false],
  ["--output", true],
  ["--profile", true],
  ["--query", true],
  ["--region", true],
  ["--v2-debug", false],
  ["--version", false],
]);

/** Reads the wrapped arguments. Pure; the arguments themselves are not changed. */
export function readAwsArgs(args: readonly string[]): AwsArgs {
  let profile: string | undefined;
  let malformed = false;
  let unsigned = false;
  let version = false;
  const words: string[] = [];
  for (const token of tokens(args)) {
    if (token.malformed) malformed = true;
    else if (token.option === undefined) words.push(...token.args.slice(token.isRest ? 1 : 0));
    else if (token.option === "--profile") profile = token.value;
    else if (token.option === "--no-sign-request") unsigned = true;
    else if (token.option === "--version") version = true;
  }
  return { profile: profile === "" ? undefined : profile, malformed, words, unsigned, version };
}

/** The same arguments without any explicit `--profile`. */
export function withoutProfile(args: readonly string[]): string[] {
  return tokens(args).flatMap((token) => (token.option === "--profile" ? [] : token.args));
}

interface Token {
  /** The arguments it is made of, byte for byte. */
  args: readonly string[];
  /** The full name, where it is a global option of the CLI. */
  option?: string;
  value?: string;
  malformed?: boolean;
  /** `--` and all that follows it. */
  isRest?: boolean;
}

function tokens(args: readonly string[]): Token[] {
  const found: Token[] = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? "";
    if (arg === "--") {
      found.push({ args: args.slice(index), isRest: true });
      break;
    }
    const token = optionToken(arg, args[index + 1]);
    found.push(token);
    index += token.args.length - 1;
  }
  return found;
}

function optionToken(arg: string, next: string | undefined): Token {
  const [option, ...others] = optionsMeantBy(arg);
  if (option === undefined) return { args: [arg] };
  if (others.length > 0) return { args: [arg], malformed: true };
  const equals = arg.indexOf("=");
  const takesValue = globalOptions.get(option) === true;
  if (equals >= 0) {
    return { args: [arg], option, value: arg.slice(equals + 1), malformed: !takesValue };
  }
  if (!takesValue) return { args: [arg], option };
  if (next === undefined || looksLikeOption(next)) return { args: [arg], option, malformed: true };
  return { args: [arg, next], option, value: next };
}

/** argparse takes any prefix that fits one option alone (`--prof`, `--p=x`); of several it complains. */
function optionsMeantBy(arg: string): string[] {
  if (!arg.startsWith("--")) return [];
  const [name = ""] = arg.split("=", 1);
  if (globalOptions.has(name)) return [name];
  return [...globalOptions.keys()].filter((option) => option.startsWith(name));
}

/** argparse: a dash alone, a negative number and an unknown option with a space in it are values. */
function looksLikeOption(arg: string): boolean {
  if (optionsMeantBy(arg).length > 0) return true;
  return (
    arg.startsWith("-") && arg !== "-" && !/^-\d+$|^-\d*\.\d+$/.test(arg) && !arg.includes(" ")
  );
}
