import { Command, CommanderError } from "commander";
import type { Context } from "../core/context.ts";
import { ExitCode } from "../core/errors.ts";
import { callingShell } from "../shell/calling-shell.ts";
import { writeAll } from "../system/write-all.ts";
import { addClean } from "./clean.ts";
import { addComplete } from "./completion/complete.ts";
import { addCompletion } from "./completion/completion.ts";
import { addCredentialProcess } from "./credential-process/credential-process.ts";
import { addExec } from "./exec.ts";
import { addExports } from "./exports/exports.ts";
import { failTheEval } from "./fail-the-eval.ts";
import { addHelp, overview, usageMessage } from "./help.ts";
import { addMigrate } from "./migrate/migrate.ts";
import { addRefresh } from "./refresh/refresh.ts";
import { addServe } from "./serve/serve.ts";
import { addStatus } from "./status/status.ts";
import { addUnsets } from "./unsets.ts";
import { addWatch } from "./watch/watch.ts";
import { addVersion, version } from "./version.ts";

/** Every command but `session`, which parses nothing and is run before this is loaded. */
export async function runCommand(args: readonly string[], context: Context): Promise<void> {
  const program = createProgram(context);
  try {
    if (args.length === 0) program.help();
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0 || args.length === 0) return;
    process.exitCode = ExitCode.usage;
    if (isToBeEvaluated(args)) failTheEval(callingShell(context.env), ExitCode.usage);
  }
}

/** Whether a shell most likely evaluates what this prints, were it but right. */
function isToBeEvaluated(args: readonly string[]): boolean {
  const meant = args.some((arg) => /^(exports?|unsets?)$/.test(arg));
  return meant && !args.some((arg) => arg.startsWith("--format"));
}

function createProgram(context: Context): Command {
  const program = new Command("awsmfa")
    .version(version, "-v, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", overview)
    // What each takes is told by its own help.
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .configureOutput({
      writeOut: (text) => writeAll(1, text),
      writeErr: (text) => writeAll(2, text),
      outputError: (text, write) => write(usageMessage(text)),
    })
    .enablePositionalOptions()
    .exitOverride();
  addSession(program);
  addExports(program, context);
  addUnsets(program, context);
  addExec(program, context);
  addCredentialProcess(program, context);
  addServe(program, context);
  addRefresh(program, context);
  addWatch(program, context);
  addMigrate(program, context);
  addStatus(program, context);
  addClean(program, context);
  addCompletion(program);
  addComplete(program, context);
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
      "Runs aws with the MFA session of the active profile, or with the session of the role that it " +
        "assumes, or unchanged where neither is needed. " +
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
