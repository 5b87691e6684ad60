import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Lab } from "../support/lab.ts";

/** What the wizard asks of somebody whose profile is dev. */
export const nameOf = "Profile name [dev]: ";
export const idOf = "Access key ID: ";
export const secretOf = "Secret access key (not shown): ";
export const deviceOf = "MFA device [";

/** Says how it ended, and whether the terminal shows again what is typed. */
export const ending = `echo "status $?"; stty -a | grep -owE -- '-?(echo|icanon|isig)' | tr '\\n' ' '; echo over`;

/** The text of the credentials file. */
export function credentialsOf({ home }: Lab): string {
  return readFileSync(join(home, ".aws/credentials"), "utf8");
}
