import { Command, CommanderError } from "commander";
import type { Context } from "../core/context.ts";
import { ExitCode } from "../core/errors.ts";
import { writeAll } from "../system/write-all.ts";
import { addClean } from "./clean.ts";
import { addExec } from "./exec.ts";
import { addExports } from "./exports.ts";
import { addStatus } from "./status.ts";
import { addUnsets } from "./unsets.ts";
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
  const program = createProgram(context);
  try {
    if (args.length === 0) program.help();
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 || args.length === 0 ? 0 : ExitCode.usage;
  }
}

function createProgram(context: Context): Command {
  const program = new Command("awsmfa")
    .version(version, "-v, --version", "print the version")
    .helpOption("-h, --help", "print this help, or that of a command")
    .addHelpText("after", overview)
    .configureOutput({
      writeOut: (text) => writeAll(1, text),
      writeErr: (text) => writeAll(2, text),
      outputError: (text, write) => write(asMessage(text)),
    })
    .enablePositionalOptions()
    .exitOverride();
  addSession(program);
  addExports(program, context);
  addUnsets(program, context);
  addExec(program, context);
  addStatus(program, context);
  addClean(program, context);
  addDemo(program, context);
  addVersion(program);
  addHelp(program);
  return program;
}

/** For the help alone. */
function addSession(program: Command): void {
  program
    .command("session")
    .summary("run aws with an MFA session")
    .description(
      "Runs aws with an MFA session of the active profile, or as it is where none is needed. " +
        "Everything after the word session is meant for aws.",
    )
    .usage("[aws arguments...]")
    .helpOption(false)
    .argument("[aws arguments...]");
}

function addDemo(program: Command, context: Context): void {
  program
    .command("demo")
    .summary("try it out against a small AWS on this computer")
    .description(
      "Shows the main job against a small AWS on this computer. Touches nothing of yours.",
    )
    .action(async () => (await import("./demo/demo.ts")).runDemo(context));
}

function addVersion(program: Command): void {
  program
    .command("version")
    .description("print the version")
    .action(() => writeAll(1, `${version}\n`));
}

function addHelp(program: Command): void {
  program
    .helpCommand(false)
    .command("help")
    .argument("[command]")
    .description("print this help, or that of a command")
    .action(async (name?: string) => {
      const named = program.commands.find(
        (command) => command.name() === name || command.aliases().includes(name ?? ""),
      );
      if (name === undefined) program.help();
      else if (named !== undefined) named.help();
      // Complains, and knows the nearest name.
      else await program.parseAsync([name], { from: "user" });
    });
}

/** In commander's words, in our form: what is behind the first line belongs to it. */
function asMessage(text: string): string {
  const [first = "", ...more] = text.trimEnd().split("\n");
  const hint = "A command of aws? awsmfa session s3 ls. The others: awsmfa --help.";
  const unknown = first.startsWith("error: unknown command");
  const lines = [first.replace(/^error: /, "awsmfa: "), ...more, ...(unknown ? [hint] : [])];
  return `${lines.join("\n  ")}\n`;
}
