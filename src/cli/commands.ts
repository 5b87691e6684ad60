import { Command, CommanderError } from "commander";
import type { Context } from "../core/context.ts";
import { ExitCode } from "../core/errors.ts";
import { writeAll } from "../system/write-all.ts";
import { version } from "./version.ts";

const overview = `
The AWS CLI with multi-factor authentication: asks for a code once, then stays out of the way.

  alias aws="awsmfa session"
  aws s3 ls

Exit codes: those of aws, and 252 usage, 253 configuration, 254 refused by AWS, 255 other faults,
130 interrupted, 127 no aws command, 126 aws cannot be executed.`;

/** Every command but `session`, which parses nothing and is run before this is loaded. */
export async function runCommand(args: readonly string[], context: Context): Promise<void> {
  const program = new Command("awsmfa")
    .version(version, "-V, --version")
    .helpOption("-h, --help")
    .addHelpText("after", overview)
    .configureOutput({
      writeOut: (text) => writeAll(1, text),
      outputError: (text, write) => write(text.replace(/^error: /, "awsmfa: ")),
    })
    .exitOverride();
  program
    .command("session")
    .description("run aws with an MFA session; everything after it is meant for aws")
    .argument("[aws arguments...]");
  program
    .command("demo")
    .description("try it out against a small AWS on this computer; touches nothing of yours")
    .action(async () => (await import("./demo/demo.ts")).runDemo(context));
  try {
    if (args.length === 0) program.help();
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 || args.length === 0 ? 0 : ExitCode.usage;
  }
}
