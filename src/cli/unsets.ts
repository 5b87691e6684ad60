import type { Command } from "commander";
import type { Context } from "../core/context.ts";
import { exportedVariables } from "../core/child/export-assignments.ts";
import type { ShellName } from "../shell/shell.ts";
import { writeAll } from "../system/write-all.ts";
import { shellFor } from "./shell-for.ts";
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
      const { unset } = shellFor(shell, env);
      writeAll(1, exportedVariables.map((name) => `${unset(name)}\n`).join(""));
    });
}
