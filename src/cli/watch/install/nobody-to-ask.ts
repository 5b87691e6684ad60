import { readAwsFiles } from "../../../aws/files/profiles.ts";
import { profileWords } from "../../../core/daemon/daemon.ts";
import type { Environment } from "../../../core/environment.ts";
import { findExecutable } from "../../../system/find-executable.ts";

/** That a service with these variables would come by no code, and what to do; undefined where it would. */
export function nobodyToAsk(
  env: Environment,
  variables: ReadonlyMap<string, string>,
  profiles: readonly string[],
): string | undefined {
  if (variables.has("AWS_MFA_PROCESS")) return undefined;
  const isSilent = variables.get("AWS_MFA_PROMPT") === "none";
  if (!isSilent && hasAskpass(variables)) return undefined;
  const { files } = readAwsFiles(env);
  const without = profiles.filter((name) => !files.find(name)?.setting("mfa_process"));
  if (without.length === 0) return undefined;
  const why = isSilent
    ? "AWS_MFA_PROMPT is none"
    : "neither AWS_MFA_ASKPASS, SSH_ASKPASS nor ssh-askpass can be run";
  return (
    `the service will have nobody to ask for a code of ${profileWords(without)}: ${why}.\n` +
    "  Set AWS_MFA_ASKPASS to a program that asks (macOS brings none), or mfa_process of the profile\n" +
    `  to a command that prints the code${isSilent ? ", or unset AWS_MFA_PROMPT" : ""}, and install it again.`
  );
}

/** The programs that `mfa/choose-prompt.ts` looks for. */
function hasAskpass(variables: ReadonlyMap<string, string>): boolean {
  const names = [variables.get("AWS_MFA_ASKPASS"), variables.get("SSH_ASKPASS"), "ssh-askpass"];
  const env = Object.fromEntries(variables);
  return names.some((name) => name !== undefined && findExecutable(name, env).kind === "found");
}
