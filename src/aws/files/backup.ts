import { readFileSync } from "node:fs";
import { errorCode } from "../../system/error-code.ts";
import { replaceFile, type Rights } from "../../system/replace-file.ts";
import { unwritable } from "./unwritable.ts";

/**
 * Leaves a copy beside the file, for its owner alone. Earlier copies stay: the keys in them may be in no
 * other one. Gives its path; throws 253 or 255.
 */
export function keepBackup(path: string, { uid, gid }: Rights, contents: string): string {
  for (let number = 1; ; number++) {
    const backup = `${path}.awsmfa-backup${number === 1 ? "" : `-${number}`}`;
    try {
      const present = contentsOf(backup);
      if (present === undefined) {
        replaceFile({ path: backup, rights: { mode: 0o600, uid, gid } }, contents);
      }
      if (present === undefined || present === contents) return backup;
    } catch (error) {
      throw unwritable(backup, error);
    }
  }
}

function contentsOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
