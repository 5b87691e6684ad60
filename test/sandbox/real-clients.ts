import { execFile } from "node:child_process";
import { mkdtempSync, realpathSync, existsSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { Keys } from "./sts-client.ts";

/** Every distinct `aws` on PATH; throws when there is none, since nothing else proves as much. */
export function awsCommands(): string[] {
  const names = process.platform === "win32" ? ["aws.exe", "aws.cmd"] : ["aws"];
  const found = (process.env["PATH"] ?? "")
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .filter((path) => existsSync(path));
  const distinct = new Map(found.toReversed().map((path) => [realpathSync(path), path]));
  if (distinct.size === 0)
    throw new Error("These tests need an `aws` on PATH (pip install awscli).");
  return [...distinct.values()];
}

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program with these keys and nothing else of AWS about it, as it runs on a new machine. */
export function run(
  command: string,
  args: readonly string[],
  keys: Keys,
  input: string | Buffer = "",
): Promise<Finished> {
  return new Promise((resolve) => {
    const options = { env: environment(keys), maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(command, args, options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr }),
    );
    // A program that ends before it has read everything is no failure of ours.
    child.stdin?.on("error", () => {});
    child.stdin?.end(input);
  });
}

/** `run` for an `aws`, at the sandbox. Debian's knows no AWS_ENDPOINT_URL, hence the option. */
export function runAws(
  aws: string,
  sandbox: Sandbox,
  args: readonly string[],
  keys: Keys,
  input?: string | Buffer,
): Promise<Finished> {
  return run(aws, ["--endpoint-url", sandbox.url, ...args], keys, input);
}

const HOME = mkdtempSync(join(tmpdir(), "awsmfa-sandbox-"));
process.once("exit", () => rmSync(HOME, { recursive: true, force: true }));

function environment({ accessKeyId, secretAccessKey, sessionToken }: Keys): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^AWS_|_proxy$/i.test(name));
  return {
    ...Object.fromEntries(kept),
    HOME,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken && { AWS_SESSION_TOKEN: sessionToken }),
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
  };
}
