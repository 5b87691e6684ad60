import { execFile } from "node:child_process";
import { withAssignments } from "../../core/child/child-env.ts";
import type { Environment } from "../../core/environment.ts";

/** Nothing listens there: whatever would go past the sandbox goes nowhere. */
const deadEnd = "http://127.0.0.1:9";

/** The environment of the demo: the user's own, with nothing in it that leads to their AWS files or AWS. */
export function sandboxEnv(env: Environment, home: string, url: string): Record<string, string> {
  const foreign = Object.keys(env).filter((name) => /^(AWS_|XDG_)|_proxy$/i.test(name));
  return withAssignments(env, [
    ...foreign.map((name) => [name, undefined] as const),
    ["HOME", home],
    ["USERPROFILE", home],
    ["AWS_PROFILE", "demo"],
    ["AWS_ENDPOINT_URL", url],
    ["AWS_EC2_METADATA_DISABLED", "true"],
    ["AWS_MFA_AWS_PATH", env["AWS_MFA_AWS_PATH"]],
    ["HTTPS_PROXY", deadEnd],
  ]);
}

/** AWS CLI 1.29 and 2.13 were the first to read `AWS_ENDPOINT_URL`. */
export async function understandsEndpointUrl(
  aws: string,
  env: Readonly<Record<string, string>>,
): Promise<boolean> {
  const output = await new Promise<string>((resolve) => {
    execFile(aws, ["--version"], { env }, (_error, stdout, stderr) => resolve(stdout + stderr));
  });
  const [, major, minor] = /aws-cli\/(\d+)\.(\d+)/.exec(output) ?? [];
  if (major === undefined) return false;
  const first =
    new Map([
      ["1", 29],
      ["2", 13],
    ]).get(major) ?? 0;
  return Number(minor) >= first;
}
