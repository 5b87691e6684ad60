import { Command, CommanderError } from "commander";
import type { Context } from "../core/context.ts";
import { ExitCode } from "../core/errors.ts";
import { writeAll } from "../system/write-all.ts";
import { version } from "./version.ts";

const overview = `
Set up:    aws configure set mfa_serial arn:aws:iam::123456789012:mfa/phone
Then:      alias aws="awsmfa session"
           aws s3 ls
Nothing asked, or the wrong thing? AWS_MFA_DEBUG=1 says what is decided, and why.

Exit codes: those of aws, and 252 usage, 253 configuration, 254 refused by AWS,
255 other faults, 130 interrupted, 127 no aws, 126 aws cannot be executed.`;

/** Every command but `session`, which parses nothing and is run before this is loaded. */
export async function runCommand(args: readonly string[], context: Context): Promise<void> {
  const program = new Command("awsmfa")
    .version(version, "-v, --version")
    .helpOption("-h, --help")
    .addHelpText("after", overview)
    .configureOutput({
      writeOut: (text) => writeAll(1, text),
      outputError: (text, write) => write(asMessage(text)),
    })
    .exitOverride();
  program
    .command("session")
    .description("run aws with an MFA session; everything after it is meant for aws")
    .usage("[aws arguments...]")
    .helpOption(false)
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

/** In commander's words, in our form: what is behind the first line belongs to it. */
function asMessage(text: string): string {
  const [first = "", ...more] = text.trimEnd().split("\n");
  const hint = "A command of aws? awsmfa session s3 ls. The others: awsmfa --help.";
  const unknown = first.startsWith("error: unknown command");
  const lines = [first.replace(/^error: /, "awsmfa: "), ...more, ...(unknown ? [hint] : [])];
  return `${lines.join("\n  ")}\n`;
}
