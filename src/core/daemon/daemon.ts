import { printableName } from "../printable.ts";

/** `awsmfa watch` as a program that the user's service manager runs. */
export interface Daemon {
  /** The manager's name for it. */
  readonly name: string;
  /** Of the credentials file, which it keeps fresh. */
  readonly sections: readonly string[];
  /** Program and arguments; the program is an absolute path. */
  readonly command: readonly string[];
  readonly variables: ReadonlyMap<string, string>;
  /** Whether somebody is asked for codes, on a desktop. */
  readonly asks: boolean;
}

/** Which service managers there are. */
export type Manager = "systemd" | "launchd";

/** Stands at the top of each definition, and says which ones may be replaced. */
export const marker = "Written by awsmfa watch";

/** Whether a file is a definition of ours, of whatever version. */
export function isOurs(text: string): boolean {
  return text
    .split("\n", headLines)
    .some((line) => /^(?:# |<!-- )/.test(line) && line.includes(marker));
}

const headLines = 5;

/** Profiles in a sentence; a section of the credentials file is one for whoever uses it. */
export function profileWords(profiles: readonly string[]): string {
  const names = profiles.map(printableName).join(", ");
  return `${profiles.length === 1 ? "profile" : "profiles"} ${names}`;
}
