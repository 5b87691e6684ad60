/**
 * Whose MFA session it is: one identity has one session, whatever asked for it.
 * A `credential_process` is known by its command, so that a warm call never runs it.
 */
export interface Identity {
  readonly base: { accessKeyId: string } | { process: string };
  /** Serial of the MFA device. */
  readonly serial: string;
  /** STS endpoint URL where one is configured, else the partition (`aws`, `aws-cn`, …). */
  readonly endpoint: string;
}

/** Whether two sessions were asked for with the same key. */
export function sameBase(one: Identity["base"], other: Identity["base"]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A text that differs wherever the identity does. */
export function identityKey({ base, serial, endpoint }: Identity): string {
  const source = "process" in base ? ["process", base.process] : ["key", base.accessKeyId];
  return JSON.stringify([...source, serial, endpoint]);
}

/** The same for a session: the identity's own, or one of roles, of which each says what it was asked for. */
export function sessionKey(identity: Identity, assumed: readonly unknown[]): string {
  return JSON.stringify([identityKey(identity), assumed]);
}
