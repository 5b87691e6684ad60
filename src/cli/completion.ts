import { Argument, type Command } from "commander";
import type { ShellName } from "../shell/shell.ts";
import { findShell, shells } from "../shell/shells.ts";
import { writeAll } from "../system/write-all.ts";

const names = shells.filter(({ completion }) => completion !== undefined).map(({ name }) => name);

const examples = `
Into the start-up file of your shell:
  bash        eval "$(awsmfa completion bash)"
  zsh         source <(awsmfa completion zsh)              after compinit
  fish        awsmfa completion fish | source
  powershell  awsmfa completion powershell | Out-String | Invoke-Expression

aws is completed, also under the alias, once the AWS CLI's completion is set up:
  bash        complete -C aws_completer aws
  zsh         autoload -Uz bashcompinit; bashcompinit; complete -C aws_completer aws
  others      https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-completion.html`;

/** `awsmfa completion <shell>`: prints the script that makes a shell complete awsmfa's words. */
export function addCompletion(program: Command): void {
  program
    .command("completion")
    .summary("print the completion script of a shell")
    .description(
      "Prints the script that makes a shell complete the words of awsmfa, and those of aws after " +
        "awsmfa session or under the alias.",
    )
    // Named by its choices: a fault that speaks of it tells them.
    .addArgument(new Argument(`<${names.join("|")}>`).choices(names))
    .addHelpText("after", examples)
    .action((name: ShellName) => writeAll(1, findShell(name)?.completion ?? ""));
}
