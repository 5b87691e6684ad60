import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/sandbox.ts";
import { awsCommands, awsmfa } from "./commands.ts";
import { runAwsmfa } from "./run.ts";

/** A home of its own and an AWS of its own, thrown away after the test. */
export interface Lab {
  readonly sandbox: Sandbox;
  readonly home: string;
  /** The environment of a user in this home; the AWS CLI it finds is the first on this machine. */
  readonly env: Readonly<Record<string, string>>;
  /** Serial of alice's device. */
  readonly serial: string;
  /** The session store. */
  readonly store: string;
  /** Writes a file below the home. */
  write(path: string, text: string | Buffer): string;
  /** Puts a shell script named `aws` first on `PATH`; gives the environment that finds it. */
  fakeAws(script: string): Readonly<Record<string, string>>;
  /** Puts the built `awsmfa` first on `PATH`. */
  installAwsmfa(): void;
  /** Files in the session store. */
  stored(): string[];
  /** Leaves a session for the profile in the store, as an earlier command would have. */
  signIn(env?: Readonly<Record<string, string>>): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a lab whose profile `dev` holds alice's keys and the serial of her device. */
export async function startLab(options?: SandboxOptions): Promise<Lab> {
  const sandbox = await startSandbox(options);
  const home = mkdtempSync(join(tmpdir(), "awsmfa-test-"));
  const alice = sandbox.user("alice");
  const write = (path: string, text: string | Buffer): string => {
    const file = join(home, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  write(".aws/config", devSection(alice.serial));
  write(".aws/credentials", keysSection("dev", alice));
  const env = {
    HOME: home,
    PATH: `${home}/bin:${dirname(awsCommands[0]!.path)}:${dirname(process.execPath)}:/usr/bin:/bin`,
    LANG: "C.UTF-8",
    TERM: "xterm",
    AWS_PROFILE: "dev",
    AWS_ENDPOINT_URL: sandbox.url,
    AWS_EC2_METADATA_DISABLED: "true",
  };
  const store = join(home, ".aws/aws-mfa-secure-sessions");
  return {
    sandbox,
    home,
    env,
    serial: alice.serial,
    store,
    write,
    fakeAws(script) {
      chmodSync(write("bin/aws", `#!/bin/bash\n${script}\n`), 0o755);
      return env;
    },
    installAwsmfa() {
      const script = `#!/bin/sh\nexec '${process.execPath}' '${awsmfa}' "$@"\n`;
      chmodSync(write("bin/awsmfa", script), 0o755);
    },
    stored: () => readdirSync(store).toSorted(),
    async signIn(more = {}) {
      const code = sandbox.freshCode("alice");
      const quietly = { ...env, AWS_MFA_AWS_PATH: "/bin/true", AWS_MFA_TOKEN: code, ...more };
      const { code: status, stderr } = await runAwsmfa(["session", "s3", "ls"], { env: quietly });
      if (status !== 0) throw new Error(`Signing in failed: ${stderr}`);
    },
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A section with a key pair. */
export function keysSection(name: string, keys: Keys): string {
  return `[${name}]\naws_access_key_id = ${keys.accessKeyId}\naws_secret_access_key = ${keys.secretAccessKey}\n`;
}

/** The section of a profile with a device. */
export function devSection(serial: string, name = "dev"): string {
  return `[profile ${name}]\nregion = us-east-1\nmfa_serial = ${serial}\n`;
}
