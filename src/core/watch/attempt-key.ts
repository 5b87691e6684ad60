import type { MfaSessionRequest } from "../request/mfa-session-request.ts";

/** A text that differs wherever another attempt may fare better. It holds a secret: it is for comparing alone. */
export function attemptKey({ base, device, sts, mfaProcess }: MfaSessionRequest): string {
  return JSON.stringify([base, device.serial, sts, mfaProcess]);
}
