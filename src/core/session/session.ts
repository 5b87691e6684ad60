import { sessionKey, type Identity } from "../request/identity.ts";
import type { Keys } from "../keys.ts";
import type { StoredRole } from "./stored-role.ts";

/** Temporary credentials, whatever gave them. */
export interface Session extends Keys {
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
  /** What role it is one of; undefined for the user's own. */
  readonly role: StoredRole | undefined;
  /** When it was last tried to replace it early. */
  readonly renewalTried?: Date | undefined;
  /** Sessions that it took the place of, the newest first: a shell may still hold one of them. */
  readonly replaced: readonly ReplacedSession[];
}

/** The same as it was found in the store. */
export interface FoundSession extends StoredSession {
  /** When the file was written. */
  readonly modified: Date;
}

/** The same with the name of its file. */
export interface NamedSession extends FoundSession {
  readonly name: string;
}

/** What is kept of a session when another one takes its place: enough to recognise it. */
export interface ReplacedSession {
  readonly accessKeyId: string;
  readonly expiration: Date;
}

/** A text that differs wherever the sessions are not interchangeable; undefined for the Ruby gem's. */
export function storedKey({ identity, role }: StoredSession): string | undefined {
  return identity && sessionKey(identity, role?.assumed ?? []);
}

/** How many replaced sessions are remembered at least: six days of the usual twelve hours each. */
const leastReplaced = 12;

/** For so long after its end a session is remembered in any case, in milliseconds: those of roles are short. */
const rememberedMs = 86_400_000;

/** What the next session in a file remembers: the present one and those that it remembers itself. */
export function replacedBy(
  next: Session,
  present: StoredSession | undefined,
  now: Date,
): readonly ReplacedSession[] {
  if (present === undefined) return [];
  const { accessKeyId, expiration, replaced } = present;
  return [{ accessKeyId, expiration }, ...replaced]
    .filter((session) => session.accessKeyId !== next.accessKeyId)
    .filter((session, index) => index < leastReplaced || !isLongOver(session, now));
}

/** Whether no shell may still hold it that could be told to renew it. */
export function isLongOver({ expiration }: { readonly expiration: Date }, now: Date): boolean {
  return expiration.getTime() < now.getTime() - rememberedMs;
}

/** When it was obtained, as well as can be told: the file says the second, its own time the part of that. */
export function obtainedAt({ issued, modified }: FoundSession): Date {
  if (issued === undefined) return modified;
  const part = modified.getTime() - issued.getTime();
  return part >= 0 && part < 1000 ? modified : issued;
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
