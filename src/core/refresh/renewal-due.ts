import type { IniSection } from "../aws-files/ini.ts";
import { secondsUntil } from "../time.ts";
import { canEnd, isOfRole, readShortTerm } from "./short-term.ts";

/** What is wanted of a section. */
export interface Wanted {
  /** ARN of the role that its session is to be of. */
  readonly role: string | undefined;
  /** How much time must be left of it, in seconds. */
  readonly leastSeconds: number;
  /** Whether what it holds is known to be of other keys, or of another device. */
  readonly isOfOthers: boolean;
  /** Whether it is renewed whatever it holds. */
  readonly force: boolean;
}

/** Whether a section serves as it is, or why it does not. */
export type RenewalDue =
  | { readonly kind: "valid"; readonly expiration: Date }
  | { readonly kind: "due"; readonly reason: RenewalReason };

/** In the order in which they are looked for. */
export type RenewalReason =
  "missing" | "incomplete" | "forced" | "another-user" | "another-role" | "expired";

/** Looks into a section for a session that will do. */
export function renewalDue(section: IniSection | undefined, wanted: Wanted, now: Date): RenewalDue {
  const found = section && readShortTerm((key) => section.entries.get(key)?.value);
  if (found === undefined) return due(section === undefined ? "missing" : "incomplete");
  const { expiration } = found;
  if (wanted.force) return due("forced");
  if (wanted.isOfOthers) return due("another-user");
  if (!isOfRole(found, wanted.role)) return due("another-role");
  if (!canEnd(expiration, now)) return due("incomplete");
  return secondsUntil(expiration, now) > wanted.leastSeconds
    ? { kind: "valid", expiration }
    : due("expired");
}

function due(reason: RenewalReason): RenewalDue {
  return { kind: "due", reason };
}
