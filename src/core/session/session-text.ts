import type { Session } from "./session.ts";

/** A session in JSON, for another process of ours. */
export interface SessionText extends Omit<Session, "expiration"> {
  /** ISO 8601. */
  readonly expiration: string;
}

/** The text of a session; whatever else the store knows of it is left out. */
export function sessionText(session: Session): SessionText {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = session;
  return { accessKeyId, secretAccessKey, sessionToken, expiration: expiration.toISOString() };
}

/** The session of a text. */
export function sessionFrom({ expiration, ...keys }: SessionText): Session {
  return { ...keys, expiration: new Date(expiration) };
}
