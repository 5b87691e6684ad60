import { printable, printableName } from "../core/printable.ts";
import type { RenewalReason } from "../core/refresh/renewal-due.ts";

/** Why a section gets another session. */
export function reasonWords(
  section: string,
  reason: RenewalReason,
  role: string | undefined,
): string {
  const profile = `profile ${printableName(section)}`;
  switch (reason) {
    case "missing":
      return `${profile} is not there yet: getting a session for it.`;
    case "incomplete":
      return `the session of ${profile} is missing or incomplete: getting one.`;
    case "forced":
      return `getting a new session for ${profile}, as asked for.`;
    case "another-user":
      return `the session of ${profile} is of other keys, or of another device: getting one.`;
    case "another-role":
      return role === undefined
        ? `${profile} holds the session of a role: getting one of the user.`
        : `getting a session of ${printable(role)} for ${profile}.`;
    case "expired":
      return `the session of ${profile} has expired, or is about to: renewing it.`;
  }
}
