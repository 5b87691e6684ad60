import { deviceName } from "./mfa-device.ts";
import { lastFour, printable, printableName } from "./printable.ts";
import { profileOfFileName } from "./session-file-name.ts";
import type { StoredSession } from "./session.ts";

/** The profile of a session in the store: the file says it, or the file's name does (the Ruby gem's). */
export function ownerProfile(fileName: string, session: StoredSession): string | undefined {
  return session.profile ?? profileOfFileName(fileName);
}

/** Whose session it is, in words: `profile dev (device phone)`. */
export function describeOwner(fileName: string, session: StoredSession): string {
  const profile = ownerProfile(fileName, session);
  const { identity } = session;
  const device = identity === undefined ? "" : ` (device ${deviceName(identity.serial)})`;
  if (profile !== undefined) return `profile ${printableName(profile)}${device}`;
  const key = baseKey(session);
  return key === undefined ? `${printable(fileName)}${device}` : `key ${lastFour(key)}${device}`;
}

/** The last four characters of the access key that a session was asked for with, where that is known. */
export function baseKey({ identity }: StoredSession): string | undefined {
  if (identity === undefined || "process" in identity.base) return undefined;
  return identity.base.accessKeyId.slice(-4);
}
