import type { Identity } from "./identity.ts";

/** Temporary credentials, whatever gave them. */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** A session as the store holds it. */
export interface StoredSession extends Session {
  /** When it was obtained; undefined where the Ruby gem wrote the file. */
  readonly issued: Date | undefined;
  /** Whose it is; undefined where the Ruby gem wrote the file. */
  readonly identity: Identity | undefined;
  /** The profile it was obtained for; undefined for environment keys and the gem's files. */
  readonly profile: string | undefined;
}

/**
 * Whether a session can be used: more than `minimumSeconds` remain, or more than half of a session
 * so short that this would never hold.
 */
export function isUsable(
  session: Session,
  issued: Date,
  now: Date,
  minimumSeconds: number,
): boolean {
  const remaining = session.expiration.getTime() - now.getTime();
  const duration = session.expiration.getTime() - issued.getTime();
  return remaining > 0 && remaining > Math.min(minimumSeconds * 1000, duration / 2);
}
