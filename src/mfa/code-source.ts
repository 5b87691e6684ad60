import type { MfaCode } from "../core/code.ts";

/** A place codes come from. */
export interface CodeSource {
  /** What messages call its code: `that code`, `the code of AWS_MFA_TOKEN`. */
  readonly name: string;
  /** How many codes of it may be sent to AWS. */
  readonly tries: number;
  /** Whether somebody sits at a terminal in front of it, who can end any waiting. */
  readonly attended: boolean;
  /** What to do where it gave none, if that is not to name another source. */
  readonly advice?: string | undefined;
  /** The next code; undefined when it has none (any more). Throws when the user wants no more. */
  next(): Promise<MfaCode | undefined>;
}

/** What is asked for, as people know it. */
export interface CodeQuestion {
  /** Name of the device. */
  readonly device: string;
  readonly serial: string;
  /** `profile dev`, or whatever else the session is for. */
  readonly owner: string;
  /** What gets the same session in another place, where anything does. */
  readonly command?: string | undefined;
}

/** The prompt, without a line end. */
export function promptText({ device, owner }: CodeQuestion): string {
  return `MFA code for ${device} (${owner}): `;
}
