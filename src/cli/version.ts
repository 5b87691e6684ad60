import type { Command } from "commander";
import manifest from "../../package.json" with { type: "json" };
import { writeAll } from "../system/write-all.ts";

/** The version of this program. */
export const version: string = manifest.version;

/** `awsmfa version`. */
export function addVersion(program: Command): void {
  program
    .command("version")
    .description("print the version")
    .action(() => writeAll(1, `${version}\n`));
}
