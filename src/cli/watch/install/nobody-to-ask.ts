import { profileWords } from "../../../core/daemon/daemon.ts";
import { findAskpass } from "../../../mfa/choose-prompt.ts";

/**
 * That a service with these variables would come by no code for profiles without `mfa_process`, and what to
 * do; undefined where it would.
 */
export function nobodyToAsk(
  variables: ReadonlyMap<string, string>,
  withoutProcess: readonly string[],
): string | undefined {
  if (withoutProcess.length === 0) return undefined;
  const isSilent = variables.get("AWS_MFA_PROMPT") === "none";
  if (!isSilent && findAskpass(Object.fromEntries(variables)) !== undefined) return undefined;
  const why = isSilent
    ? "AWS_MFA_PROMPT is none"
    : "neither AWS_MFA_ASKPASS, SSH_ASKPASS nor ssh-askpass can be run";
  return (
    `the service will have nobody to ask for a code of ${profileWords(withoutProcess)}: ${why}.\n` +
    "  Set AWS_MFA_ASKPASS to a program that asks (macOS brings none), or mfa_process of the profile\n" +
    `  to a command that prints the code${isSilent ? ", or unset AWS_MFA_PROMPT" : ""}, and install it again.`
  );
}
