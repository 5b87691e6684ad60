import type { Command } from "commander";
import type { Context } from "../../core/context.ts";
import { watchOptions, type WatchOptions } from "./watch-options.ts";

const more = `
Examples:  awsmfa watch --profile dev
           awsmfa watch --mfa-serial-number arn:aws:iam::123456789012:mfa/phone
           awsmfa watch --profile dev --install systemd --write

Without --profile it is AWS_PROFILE, else default. With several, each may have
its own --target, in their order. Without a terminal an askpass program asks:
AWS_MFA_ASKPASS, SSH_ASKPASS, else ssh-askpass. SIGUSR1 asks for a code at
once, SIGTERM and SIGINT end it.`;

/** `awsmfa watch`: keeps sessions in the credentials file fresh, in the way of aws-mfa-credentials. */
export function addWatch(program: Command, context: Context): void {
  const command = program
    .command("watch")
    .summary("keep a session in the credentials file fresh")
    .description(
      "Keeps a session in [<profile>-mfa] of the credentials file for as long as it runs: asks for a " +
        "code before the old session ends, and writes the new one. Programs use it with " +
        "AWS_PROFILE=<profile>-mfa. Takes the options of aws-mfa-credentials.",
    )
    .addHelpText("after", more)
    .action(async (options: WatchOptions) => {
      await (await import("./run-watch.ts")).runWatch(context, options);
    });
  for (const option of watchOptions()) command.addOption(option);
  addRenewal(program, context);
}

/** What a watcher runs for each renewal, in a process of its own. */
function addRenewal(program: Command, context: Context): void {
  program
    .command("renew", { hidden: true })
    .description("Renews a section of the credentials file; awsmfa watch runs it.")
    .argument("<renewal>")
    .action(async (renewal: string) => {
      await (await import("./run-renewal.ts")).runRenewal(context, renewal);
    });
}
