import { lstatSync, readFileSync, realpathSync, statSync, type Stats } from "node:fs";
import { dirname } from "node:path";
import { unwritable } from "../../../aws/files/unwritable.ts";
import { isOurs } from "../../../core/daemon/daemon.ts";
import { configurationError } from "../../../core/errors.ts";
import { printable } from "../../../core/printable.ts";
import { makePrivateFolder } from "../../../system/make-folder.ts";
import { replaceFile } from "../../../system/replace-file.ts";

/**
 * Writes the definition of a service, 0600, for variables are in it; through links, whole or not at all. In
 * the place of another one only where that is ours. Throws 253 or 255; then nothing has changed.
 */
export function writeDefinition(path: string, text: string): "new" | "replaced" {
  try {
    makePrivateFolder(dirname(path));
    const stats = refuseForeignFile(path);
    const rights = stats && { mode: 0o600, uid: stats.uid, gid: stats.gid };
    const target = stats === undefined ? path : realpathSync(path);
    replaceFile({ path: target, rights }, text);
    return stats === undefined ? "new" : "replaced";
  } catch (error) {
    throw unwritable(path, error);
  }
}

function refuseForeignFile(path: string): Stats | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
    throw foreign(path, "is a link to a file that does not exist");
  }
  if (!stats.isFile()) throw foreign(path, "is not a file");
  if (!isOurs(readFileSync(path, "utf8"))) throw foreign(path, "was not written by awsmfa");
  return stats;
}

function foreign(path: string, what: string): Error {
  return configurationError("ForeignFile", `${printable(path)} ${what}: nothing was written.`, {
    hint: "Move it away (a masked unit: systemctl --user unmask), or use what is printed without --write.",
  });
}
