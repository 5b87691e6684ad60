import type { Command } from "commander";
import type { Context } from "../../core/context.ts";
import type { ShellName } from "../../shell/shell.ts";
import { repeatable } from "../repeatable.ts";
import { tokenOption } from "../session-options.ts";
import { shellFor } from "../shell-for.ts";
import { shellOption } from "../shell-option.ts";

/** As `awsmfa serve` takes them. */
interface ServeOptions {
  readonly profile?: readonly string[];
  readonly token?: string;
  readonly shell?: ShellName;
}

const more = `
Examples:  awsmfa serve -- node server.mjs
           awsmfa serve --profile dev --profile prod

The endpoint is the one that AWS SDKs know from containers, on 127.0.0.1, at a
port of its own, for those who have its token. Where both are stands in the
environment of the command; without a command it is printed, for another
terminal or host, and the endpoint is there until ^C. Each profile has a path
(/profiles/dev); the command gets that of the first.`;

/** `awsmfa serve`: a container-credentials endpoint, with sessions that never end. */
export function addServe(program: Command, context: Context): void {
  program
    .command("serve")
    .summary("serve a session to programs that outlive it")
    .description(
      "Runs a command beside an endpoint that gives it the session of a profile, and renews that " +
        "before it ends. For programs that use an AWS SDK and outlive a session.",
    )
    .addOption(
      repeatable(
        "--profile <name>",
        "whose session; may be repeated (default: AWS_PROFILE, else default)",
      ),
    )
    .addOption(tokenOption())
    .addOption(shellOption())
    .argument("[command]")
    .argument("[arguments...]")
    .passThroughOptions()
    .addHelpText("after", more)
    .action(async (command: string | undefined, args: string[], options: ServeOptions) => {
      const { runServe } = await import("./run-serve.ts");
      await runServe(context, {
        ...options,
        command: command === undefined ? [] : [command, ...args],
        shell: () => shellFor(options.shell, context.env),
      });
    });
  program
    .command("supply", { hidden: true })
    .description("Gets a session; awsmfa serve runs it.")
    .argument("<task>")
    .action(async (task: string) => {
      await (await import("./run-supply.ts")).runSupply(context, task);
    });
}
