import type { Stats } from "node:fs";

/** Whether two looks saw one file, whatever its names; or both saw none. */
export function isSameFile(one: Stats | undefined, other: Stats | undefined): boolean {
  return one?.ino === other?.ino && one?.dev === other?.dev;
}
