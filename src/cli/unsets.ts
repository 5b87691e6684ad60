import type { Command } from "commander";
import type { Context } from "../core/context.ts";
import { withoutExports } from "../core/child/export-assignments.ts";
import type { ShellName } from "../shell/shell.ts";
import { writeAll } from "../system/write-all.ts";
import { shellFor } from "./shell-for.ts";
import { shellLines } from "./shell-lines.ts";
import { evalExamples, shellOption } from "./shell-option.ts";

/** `awsmfa unsets`: prints what takes an exported session out of a shell again. */
export function addUnsets(program: Command, { env }: Context): void {
  program
    .command("unsets")
    .alias("unset")
    .summary("print the removal of what exports sets")
    .description("Prints the removal of every variable that exports sets, for the shell to eval.")
    .addOption(shellOption())
    .addHelpText("after", `\n${evalExamples("awsmfa unsets")}`)
    .action(({ shell }: { shell?: ShellName }) => {
      writeAll(1, shellLines(shellFor(shell, env), withoutExports));
    });
}
