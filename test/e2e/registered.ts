import { chmodSync } from "node:fs";
import { join } from "node:path";
import type { CallRecord } from "../../src/sandbox/sandbox.ts";
import { expect } from "vitest";
import { devSection, startLab, type Lab } from "../support/lab.ts";
import { run, type Ended } from "../support/run.ts";
import { storedFor } from "../support/stored.ts";

const root = join(import.meta.dirname, "../..");

/** What `awsmfa/register` names in a project that has the package. */
export const register = join(root, "dist/register.cjs");

/** A program that uses the AWS SDK as anybody does. */
export const service = join(root, "test/fixtures/sdk-service.cjs");

/** What a program of the fixtures needs besides the environment of the user. */
export function programEnv(lab: Lab, more: Record<string, string> = {}): Record<string, string> {
  const quiet = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };
  return { ...lab.env, APP_HOME: `${root}/`, ...quiet, ...more };
}

/** Runs a program with a session, without a terminal. */
export function runRegistered(
  lab: Lab,
  more: Record<string, string> = {},
  program: readonly string[] = [service],
): Promise<Ended> {
  return run(process.execPath, ["--require", register, ...program], {
    env: programEnv(lab, more),
    cwd: lab.home,
  });
}

/** A lab whose `mfa_process` always has a code that is not used yet; `codes` counts how often it was run. */
export async function labWithCodes(
  options?: Parameters<typeof startLab>[0],
): Promise<Lab & { readonly codes: () => number }> {
  const lab = await startLab(options);
  const { sandbox } = lab;
  const renew = (): string => lab.write("code", `${sandbox.freshCode("alice")}\n`);
  renew();
  sandbox.onCall(({ operation }) => operation === "GetSessionToken" && renew());
  const asked = lab.write("asked", "");
  const script = lab.write("give-code", `#!/bin/bash\necho x >>'${asked}'\ncat "$HOME/code"\n`);
  chmodSync(script, 0o755);
  lab.write(".aws/config", `${devSection(lab.serial)}mfa_process = ${script}\n`);
  return { ...lab, codes: () => calls(lab, "GetSessionToken").length };
}

/** The requests of that kind, in order. */
export function calls({ sandbox }: Lab, operation: string): CallRecord[] {
  return sandbox.calls.filter((call) => call.operation === operation);
}

/** Nothing of what is said is a secret of the user, or of the session that is stored. */
export function expectNothingSecret(lab: Lab, ...said: readonly string[]): void {
  const { secret_access_key: secret = "", session_token: token = "" } = storedFor(lab, "dev");
  const secrets = [lab.sandbox.user("alice").secretAccessKey, secret, token];
  expect(secrets.filter((each) => said.some((text) => text.includes(each)))).toEqual([]);
}
