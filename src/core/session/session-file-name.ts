import { fnv1a } from "./fnv1a.ts";

/** Longest encoded name, in bytes, before a hash takes its place (file systems end at 255). */
const longestName = 200;

/**
 * The name of a profile's session file. Never a path: every byte outside `A-Z a-z 0-9 . _ -` is
 * percent-encoded, so no profile's file begins with `%%`, which marks our other files, and no encoded
 * name with `%p` or `%n`, which mark what cannot be encoded.
 */
export function profileFileName(profile: string, sha256: (text: string) => string): string {
  const name = encodeName(profile);
  return name.length > longestName ? `%profile-${sha256(profile)}` : name;
}

/** The name of the session file of keys that came from the environment. */
export function environmentFileName(accessKeyId: string, sha256: (text: string) => string): string {
  const name = `%%keys-${encodeName(accessKeyId)}`;
  return name.length > longestName ? `%%keys-${sha256(accessKeyId)}` : name;
}

/**
 * The name of a session file that a profile has for each way in which a session is asked for: one of its
 * role, or one with its keys for a role that names another device or endpoint.
 */
export function requestFileName(
  kind: "role" | "mfa",
  profile: string,
  requestKey: string,
  sha256: (text: string) => string,
): string {
  return `%%${kind}-${profileFileName(profile, sha256)}-${fnv1a(requestKey)}`;
}

/** What stands for the profile in the name of a session file: the `profileFileName` of it. */
export function profilePart(name: string): string {
  return /^%%(?:role|mfa)-(.+)-[0-9a-f]{8}$/.exec(name)?.[1] ?? name;
}

/** The profile that a session file is named after; undefined where the name does not tell. */
export function profileOfFileName(name: string): string | undefined {
  const part = profilePart(name);
  if (part === nameless) return "";
  if (/^%[^0-9A-F]/.test(part)) return undefined;
  try {
    return decodeURIComponent(part);
  } catch {
    // The Ruby gem does not encode: there it is the profile's own name.
    return part;
  }
}

const nameless = "%nameless";

/** Names of files that are no sessions: temporary ones. */
export const temporaryPrefix = "%%tmp-";

function encodeName(name: string): string {
  if (name === "") return nameless;
  if (name === "." || name === "..") return encodeBytes(name);
  return name.replace(/[^A-Za-z0-9._-]+/g, encodeBytes);
}

function encodeBytes(text: string): string {
  return [...new TextEncoder().encode(text)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
    .join("");
}
