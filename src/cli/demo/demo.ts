import { findRealAws } from "../../aws/real-aws.ts";
import type { Context } from "../../core/context.ts";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox.ts";
import { endLike } from "../../system/end-process.ts";
import { runChild, type ChildEnd } from "../../system/run-child.ts";
import { writeAll } from "../../system/write-all.ts";
import { showAuthenticator } from "./authenticator.ts";
import { sandboxEnv, understandsEndpointUrl } from "./sandbox-env.ts";
import { createThrowAwayHome, type ThrowAwayHome } from "./throw-away-home.ts";

/** Everything one run of the demo works with. */
interface Stage {
  readonly sandbox: Sandbox;
  /** The real `aws`. */
  readonly aws: string;
  readonly env: Readonly<Record<string, string>>;
  /** Whether somebody can type the code. */
  readonly interactive: boolean;
}

/**
 * `awsmfa demo`: the main job with the real `aws`, against an AWS on this computer and in a home that
 * is thrown away. Nothing of the user's own files is read or written.
 */
export async function runDemo(context: Context): Promise<void> {
  const aws = findRealAws(context.env, process.argv[1] ?? "");
  const sandbox = await startSandbox();
  const home = createThrowAwayHome(sandbox);
  const end = await setStage(context, sandbox, home, aws)
    .then(play)
    .finally(async () => {
      home.remove();
      await sandbox.close();
    });
  endLike(end);
}

async function setStage(
  context: Context,
  sandbox: Sandbox,
  home: ThrowAwayHome,
  aws: string,
): Promise<Stage> {
  const env = sandboxEnv(context.env, home.path, sandbox.url);
  if (!(await understandsEndpointUrl(aws, env))) home.sendS3To(sandbox.url);
  const interactive = Boolean(process.stdin.isTTY && process.stderr.isTTY);
  return { sandbox, aws, env, interactive };
}

type Ended = Extract<ChildEnd, { kind: "exit" | "signal" }>;

async function play(stage: Stage): Promise<Ended> {
  tell("An AWS of your own runs on this computer, and its bucket list takes MFA.");
  tell("\n1. Without awsmfa, the AWS CLI just fails:\n\n   $ aws s3 ls");
  const refused = await run(stage.aws, ["s3", "ls"], stage.env);
  if (refused.kind === "signal") return refused;

  tell("\n2. With awsmfa in front of it, it asks for the code:\n\n   $ awsmfa session s3 ls");
  const first = await listBucketsWithCode(stage);
  if (first.kind === "signal" || first.code !== 0) {
    tell("\nIt did not work out; the demo ends here.");
    return first;
  }

  tell("\n3. From now on it is silent, until the session expires:\n\n   $ awsmfa session s3 ls");
  const second = await runSelf(stage.env);
  tell('\nThat was all. To have it in front of your own aws:  alias aws="awsmfa session"');
  return second;
}

async function listBucketsWithCode({ sandbox, env, interactive }: Stage): Promise<Ended> {
  if (!interactive) {
    const code = sandbox.code("alice");
    tell(`   (no terminal to type on: AWS_MFA_TOKEN=${code} supplies the code)`);
    return runSelf({ ...env, AWS_MFA_TOKEN: code });
  }
  const authenticator = showAuthenticator(sandbox);
  try {
    return await runSelf(env);
  } finally {
    authenticator.stop();
  }
}

function runSelf(env: Readonly<Record<string, string>>): Promise<Ended> {
  return run(process.execPath, [process.argv[1] ?? "", "session", "s3", "ls"], env);
}

async function run(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  const end = await runChild(file, args, env);
  if (end.kind === "failed") throw end.error;
  return end;
}

function tell(text: string): void {
  writeAll(1, `${text}\n`);
}
