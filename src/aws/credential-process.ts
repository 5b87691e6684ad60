import { execFile } from "node:child_process";
import { configurationError } from "../core/errors.ts";
import type { Environment } from "../core/environment.ts";
import { splitShellWords } from "../core/section-name.ts";

/** Keys as a `credential_process` prints them. */
export interface ProcessKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
}

/**
 * Runs a `credential_process` as botocore does: split like a shell's words, but run without a shell.
 * Its output holds secrets, and never reaches an error text. Throws 253.
 */
export async function runCredentialProcess(
  command: string,
  env: Environment,
): Promise<ProcessKeys> {
  const [file, ...args] = splitShellWords(command) ?? [];
  if (file === undefined) throw processError("is not a command");
  return parseOutput(await capture(file, args, env));
}

function capture(file: string, args: readonly string[], env: Environment): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, args, { env, maxBuffer: 1 << 20 }, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(processError(`failed (${error.code ?? error.signal ?? "killed"})`));
    });
  });
}

function parseOutput(output: string): ProcessKeys {
  const answer = parseJson(output);
  if (answer["Version"] !== 1) throw processError('printed something without "Version": 1');
  const { AccessKeyId, SecretAccessKey, SessionToken } = answer;
  if (typeof AccessKeyId !== "string" || typeof SecretAccessKey !== "string") {
    throw processError("printed no AccessKeyId and SecretAccessKey");
  }
  const sessionToken = typeof SessionToken === "string" && SessionToken ? SessionToken : undefined;
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken };
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

function processError(fault: string): Error {
  return configurationError("CredentialProcess", `the profile's credential_process ${fault}.`, {
    hint: "Run it by hand: it must print the JSON that the AWS CLI documents for credential_process.",
  });
}
