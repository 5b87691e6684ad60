import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { sandboxEnv } from "../../src/cli/demo/sandbox-env.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";

/** An AWS of its own, and a throw-away home of a user of it who has awsmfa installed. */
export interface Stage {
  readonly sandbox: Sandbox;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  /** Adds text to a file below the home. */
  write(path: string, text: string): void;
  /** Adds a profile to the AWS files. */
  addProfile(profile: StageProfile): void;
  /** What no picture may show. */
  readonly secrets: readonly string[];
  [Symbol.asyncDispose](): Promise<void>;
}

export interface StageProfile {
  readonly name: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Serial of the MFA device. */
  readonly serial: string;
}

/** Fixed, so that new pictures do not differ from the old ones in this. */
const bucketDates = {
  "demo-invoices": "2025-03-14T09:26:53Z",
  "demo-photos": "2025-06-28T18:31:04Z",
};

/** Sets the stage: profile `dev` holds alice's keys and the serial of her device. */
export async function setStage(awsmfa: string): Promise<Stage> {
  const sandbox = await startSandbox();
  const home = createHome(awsmfa);
  const { accessKeyId, secretAccessKey, serial } = sandbox.user("alice");
  addProfile(home, { name: "dev", accessKeyId, secretAccessKey, serial });
  // For an AWS CLI that knows no AWS_ENDPOINT_URL.
  addText(join(home, ".aws/cli/alias"), `[toplevel]\ns3 = s3 --endpoint-url ${sandbox.url}\n`);
  for (const [name, date] of Object.entries(bucketDates)) {
    Object.assign(sandbox.buckets.get(name) ?? {}, { createdAt: new Date(date) });
  }
  return {
    sandbox,
    home,
    env: userEnv(home, sandbox.url),
    write: (path, text) => addText(join(home, path), text),
    addProfile: (profile) => addProfile(home, profile),
    secrets: [home, sandbox.url, secretAccessKey],
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function createHome(awsmfa: string): string {
  const home = mkdtempSync(join(tmpdir(), "awsmfa-picture-"));
  mkdirSync(join(home, "bin"));
  symlinkSync(awsmfa, join(home, "bin/awsmfa"));
  return home;
}

function addText(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  appendFileSync(path, text, { mode: 0o600 });
}

function addProfile(home: string, profile: StageProfile): void {
  const { name, accessKeyId, secretAccessKey, serial } = profile;
  const settings = [`[profile ${name}]`, "region = us-east-1", `mfa_serial = ${serial}`];
  const keys = [`aws_access_key_id = ${accessKeyId}`, `aws_secret_access_key = ${secretAccessKey}`];
  addText(join(home, ".aws/config"), `${settings.join("\n")}\n\n`);
  addText(join(home, ".aws/credentials"), `[${name}]\n${keys.join("\n")}\n\n`);
}

/** The environment of the demo, without what would give each user of it another picture. */
function userEnv(home: string, url: string): Record<string, string> {
  const env = sandboxEnv(process.env, home, url);
  for (const name of ["NO_COLOR", "FORCE_COLOR", "PROMPT_COMMAND", "INPUTRC"]) delete env[name];
  const path = [join(home, "bin"), dirname(process.execPath), env["PATH"]].join(delimiter);
  return { ...env, PATH: path, AWS_PROFILE: "dev", TZ: "UTC", LC_ALL: "C.UTF-8" };
}
