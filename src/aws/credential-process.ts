import { configurationError, ExitCode } from "../core/errors.ts";
import type { Environment } from "../core/environment.ts";
import type { Context } from "../core/context.ts";
import type { Keys } from "../core/keys.ts";
import { splitShellWords } from "../core/aws-files/section-name.ts";
import { captureOutput } from "../system/capture-output.ts";
import { openTerminal } from "../system/terminal.ts";

/** A session token has up to 4096 characters, and people print more than they need. */
const mostCharacters = 100_000;

/** Tells awsmfa which commands wait for it, should they have run it: a list in JSON. */
const underWayVariable = "AWSMFA_CREDENTIAL_PROCESS";

/** Whether this process was run, in however many steps, by that `credential_process` for its answer. */
export function isUnderWay(command: string, env: Environment): boolean {
  return commandsUnderWay(env).includes(command);
}

function commandsUnderWay(env: Environment): readonly unknown[] {
  try {
    const commands: unknown = JSON.parse(env[underWayVariable] ?? "[]");
    return Array.isArray(commands) ? commands : [];
  } catch {
    return [];
  }
}

/**
 * Runs a `credential_process` as botocore does: split like a shell's words, but run without a shell.
 * Its output holds secrets, and never reaches an error text. Throws 253; 130 after ^C.
 */
export async function runCredentialProcess(
  command: string,
  { env, patienceSeconds }: Pick<Context, "env" | "patienceSeconds">,
): Promise<Keys> {
  const [file, ...args] = splitShellWords(command) ?? [];
  if (!file) throw processError("is not a command");
  const terminal = openTerminal();
  const end = await captureOutput(file, args, {
    env: { ...env, [underWayVariable]: JSON.stringify([...commandsUnderWay(env), command]) },
    // For a passphrase; our own stdin is for `aws`.
    stdin: terminal?.input ?? "ignore",
    stderr: "ignore",
    mostCharacters,
    mostSeconds: patienceSeconds,
  }).finally(() => terminal?.close());
  if (end.kind === "failed") throw processError(`failed (${end.reason})`, hintFor(end.reason));
  return parseOutput(end.output);
}

function parseOutput(output: string): Keys {
  const answer = parseJson(output);
  if (answer["Version"] !== 1) throw processError('printed something without "Version": 1');
  const accessKeyId = textOf(answer["AccessKeyId"]);
  const secretAccessKey = textOf(answer["SecretAccessKey"]);
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw processError("printed no AccessKeyId and SecretAccessKey");
  }
  return { accessKeyId, secretAccessKey, sessionToken: textOf(answer["SessionToken"]) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function parseJson(output: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(output);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Told below, without the text.
  }
  throw processError("printed something that is not JSON");
}

function processError(
  fault: string,
  hint = "Run it by hand: it must print the JSON that the AWS CLI documents for credential_process.",
): Error {
  return configurationError("CredentialProcess", `the profile's credential_process ${fault}.`, {
    hint,
  });
}

/** What it says on stderr may hold a secret, and is not repeated. By hand, a circle cannot be told from that. */
function hintFor(reason: string): string | undefined {
  if (reason !== `exit status ${ExitCode.configuration}`) return undefined;
  return (
    "Run it by hand: it says why. If it runs awsmfa, let that name another profile than this one: the\n" +
    "  one with the long-term keys."
  );
}
