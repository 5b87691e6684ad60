import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Sandbox, SandboxUser } from "../../src/sandbox/sandbox.ts";
import { devSection, keysSection } from "../support/lab.ts";
import { runAwsmfa, type Ended } from "../support/run.ts";
import { timeFromNow } from "../support/times.ts";

/** Tells as whom it was called. */
const fakeAws = '#!/bin/sh\nprintf "key=%s\\n" "$AWS_ACCESS_KEY_ID"\n';

/** The throw-away home of one user of a sandbox that many share, with a fake `aws` first on `PATH`. */
export interface UserHome {
  readonly user: SandboxUser;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  readonly store: string;
  /** Writes a file below the home. */
  write(path: string, text: string | Buffer, mode?: number): string;
  /** Names of the files in the store. */
  stored(): string[];
  /** `awsmfa session s3 ls`, without a terminal. */
  session(more?: Readonly<Record<string, string>>): Promise<Ended>;
  /** The same with a code for it: `AWS_MFA_TOKEN`. */
  sessionWithCode(more?: Readonly<Record<string, string>>): Promise<Ended>;
  /** How often STS was asked for a session with this user's keys. */
  stsCalls(): number;
  [Symbol.dispose](): void;
}

/** Makes the home of a user whose profile `dev` holds keys and the serial of the device. */
export function userHome(sandbox: Sandbox, name: string): UserHome {
  const user = sandbox.user(name);
  const home = mkdtempSync(join(tmpdir(), "awsmfa-test-"));
  const write: UserHome["write"] = (path, text, mode = 0o644) => {
    const file = join(home, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, mode);
    return file;
  };
  write(".aws/config", devSection(user.serial));
  write(".aws/credentials", keysSection("dev", user));
  write("bin/aws", fakeAws, 0o755);
  const env = {
    HOME: home,
    PATH: `${home}/bin:${dirname(process.execPath)}:/usr/bin:/bin`,
    LANG: "C.UTF-8",
    TERM: "xterm",
    AWS_PROFILE: "dev",
    AWS_ENDPOINT_URL: sandbox.url,
  };
  const store = join(home, ".aws/aws-mfa-secure-sessions");
  const session: UserHome["session"] = (more) =>
    runAwsmfa(["session", "s3", "ls"], { env: { ...env, ...more } });
  return {
    user,
    home,
    env,
    store,
    write,
    stored: () => readdirSync(store).toSorted(),
    session,
    sessionWithCode: (more) => session({ AWS_MFA_TOKEN: sandbox.freshCode(name), ...more }),
    stsCalls: () =>
      sandbox.calls.filter(
        ({ operation, accessKeyId }) =>
          operation === "GetSessionToken" &&
          user.keys.some((keys) => keys.accessKeyId === accessKeyId),
      ).length,
    [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** Users for a sandbox: each test its own, so that codes and calls are never mixed up. */
export function usersNamed(names: readonly string[]): { name: string; devices: string[] }[] {
  return names.map((name) => ({ name, devices: [`phone-of-${name}`] }));
}

/** What a session file holds that this program could have written; every value can be replaced. */
export function sessionFile(
  { user, env }: Pick<UserHome, "user" | "env">,
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    access_key_id: "ASIAPLANTED123456789",
    secret_access_key: "planted-secret",
    session_token: "planted-token",
    expiration: timeFromNow(3600),
    issued: timeFromNow(-60),
    profile: "dev",
    identity: {
      access_key_id: user.accessKeyId,
      serial: user.serial,
      endpoint: env["AWS_ENDPOINT_URL"],
    },
    ...changes,
  };
}
