import { Argument, type Command } from "commander";
import type { ShellName } from "../../shell/shell.ts";
import { findShell, shells } from "../../shell/shells.ts";
import { writeAll } from "../../system/write-all.ts";

const names = shells.filter(({ completion }) => completion !== undefined).map(({ name }) => name);

const examples = `
One line in the start-up file of the shell, which is in force in the next one:
  bash        eval "$(awsmfa completion bash)"
  zsh         source <(awsmfa completion zsh)     after compinit
  fish        awsmfa completion fish | source
  powershell  awsmfa completion powershell | Out-String | Invoke-Expression
As a file it costs the start of the shell nothing: _awsmfa in a folder of zsh's
fpath, or ~/.config/fish/completions/awsmfa.fish.

The words of aws, under the alias too, are completed as the shell completes aws;
where it was not told how, by the AWS CLI's aws_completer.`;

/** `awsmfa completion <shell>`: prints the script that makes a shell complete awsmfa's words. */
export function addCompletion(program: Command): void {
  program
    .command("completion")
    .summary("print the completion script of a shell")
    .description(
      "Prints the script that makes a shell complete the words of awsmfa, those of aws behind " +
        "session, and those of any command behind exec.",
    )
    // Named by its choices: a fault that speaks of it tells them.
    .addArgument(new Argument(`<${names.join("|")}>`).choices(names))
    .addHelpText("after", examples)
    .action((name: ShellName) => writeAll(1, findShell(name)?.completion ?? ""));
}
