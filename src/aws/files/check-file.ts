import { accessSync, constants } from "node:fs";
import { dirname } from "node:path";
import type { Context } from "../../core/context.ts";
import type { AwsFile } from "./aws-file.ts";
import { withFileLock } from "./file-lock.ts";
import { readFile } from "./present-file.ts";
import { parseIniFile } from "./read-ini-file.ts";
import { unwritable } from "./unwritable.ts";

/**
 * Whether an AWS file can be edited, as far as that is seen without writing it: nobody should give a code, a
 * secret or a yes for one that cannot. Throws what `editFile` would.
 */
export async function checkFile(context: Context, file: AwsFile): Promise<void> {
  const { path } = file;
  await withFileLock(context, file, async () => {
    const { target, stats, text } = readFile(file);
    parseIniFile(path, text);
    try {
      if (stats !== undefined) accessSync(target, constants.W_OK);
      accessSync(dirname(target), constants.W_OK);
    } catch (error) {
      throw unwritable(path, error);
    }
  });
}
