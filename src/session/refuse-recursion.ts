import { isUnderWay } from "../aws/credential-process.ts";
import type { Environment } from "../core/environment.ts";
import { recursionError, refuseOwnProcess } from "../core/plan/own-process.ts";
import type { MfaSessionRequest } from "../core/request/mfa-session-request.ts";

/** Throws 253 where the keys come from a command that waits for this very process: neither would ever end. */
export function refuseRecursion({ base, profile }: MfaSessionRequest, env: Environment): void {
  refuseOwnProcess(profile);
  if (base.kind === "process" && isUnderWay(base.command, env)) {
    throw recursionError(profile?.name ?? "");
  }
}
