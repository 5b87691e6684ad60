import type { IniSection } from "../aws-files/ini.ts";
import { readShortTerm } from "./short-term.ts";

/** What is wanted of a section. */
export interface Wanted {
  /** ARN of the role that its session is to be of. */
  readonly role: string | undefined;
  /** How much time must be left of it, in seconds. */
  readonly leastSeconds: number;
  /** Whether it is renewed whatever it holds. */
  readonly force: boolean;
}

/** Whether a section serves as it is, or why it does not. */
export type RenewalDue =
  | { readonly kind: "valid"; readonly expiration: Date }
  | { readonly kind: "due"; readonly reason: RenewalReason };

/** In the order in which they are looked for. */
export type RenewalReason = "missing" | "incomplete" | "forced" | "another-role" | "expired";

/** Looks into a section for a session that will do. */
export function renewalDue(section: IniSection | undefined, wanted: Wanted, now: Date): RenewalDue {
  const found = section && readShortTerm((key) => section.entries.get(key)?.value);
  if (found === undefined) return due(section === undefined ? "missing" : "incomplete");
  const { role, expiration } = found;
  if (wanted.force) return due("forced");
  const isWanted = wanted.role === undefined ? role === undefined : role?.arn === wanted.role;
  if (!isWanted) return due("another-role");
  const left = expiration.getTime() - now.getTime();
  return left > wanted.leastSeconds * 1000 ? { kind: "valid", expiration } : due("expired");
}

function due(reason: RenewalReason): RenewalDue {
  return { kind: "due", reason };
}
