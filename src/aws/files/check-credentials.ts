import { accessSync, constants } from "node:fs";
import { dirname } from "node:path";
import type { Context } from "../../core/context.ts";
import { credentialsPath } from "../../system/paths.ts";
import { readCredentialsFile } from "./credentials-file.ts";
import { withCredentialsLock } from "./credentials-lock.ts";
import { parseIniFile } from "./read-ini-file.ts";
import { unwritable } from "./unwritable.ts";

/**
 * Whether the credentials file can be edited, as far as that is seen without writing it: nobody should give
 * a code or a secret for one that cannot. Throws what `editCredentials` would.
 */
export async function checkCredentials(context: Context): Promise<void> {
  const path = credentialsPath(context.env);
  await withCredentialsLock(context, path, async () => {
    const { target, stats, text } = readCredentialsFile(path);
    parseIniFile(path, text);
    try {
      if (stats !== undefined) accessSync(target, constants.W_OK);
      accessSync(dirname(target), constants.W_OK);
    } catch (error) {
      throw unwritable(path, error);
    }
  });
}
