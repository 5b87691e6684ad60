import { roleName } from "../request/iam-arn.ts";
import { deviceName } from "../request/mfa-device.ts";
import { lastFour, printable, printableName } from "../printable.ts";
import { profileOfFileName } from "./session-file-name.ts";
import type { StoredSession } from "./session.ts";

/** The profile of a session in the store: the file says it, or the file's name does (the Ruby gem's). */
export function ownerProfile(fileName: string, session: StoredSession): string | undefined {
  return session.profile ?? profileOfFileName(fileName);
}

/** Whose session it is, in words: `profile admin (role admin, device phone)`. */
export function describeOwner(fileName: string, session: StoredSession): string {
  const profile = ownerProfile(fileName, session);
  const details = describeDetails(session);
  if (profile !== undefined) return `profile ${printableName(profile)}${details}`;
  const key = baseKey(session);
  return key === undefined ? `${printable(fileName)}${details}` : `key ${lastFour(key)}${details}`;
}

function describeDetails({ role, identity }: StoredSession): string {
  const details = [
    ...(role === undefined ? [] : [`role ${roleName(role.assumed[0].role_arn)}`]),
    ...(identity === undefined ? [] : [`device ${deviceName(identity.serial)}`]),
  ];
  return details.length === 0 ? "" : ` (${details.join(", ")})`;
}

/** The last four characters of the access key that a session was asked for with, where that is known. */
export function baseKey({ identity }: StoredSession): string | undefined {
  if (identity === undefined || "process" in identity.base) return undefined;
  return identity.base.accessKeyId.slice(-4);
}
