import { isatty } from "node:tty";
import { Option, type Command } from "commander";
import type { Context } from "../core/context.ts";
import { ExitCode, isAwsmfaError } from "../core/errors.ts";
import { exportAssignments } from "../core/export-assignments.ts";
import { exportFormats, formatExports, type ExportFormat } from "../core/export-formats.ts";
import type { ShellName } from "../shell/shell.ts";
import { writeAll } from "../system/write-all.ts";
import { exportedSessionFor } from "./exported-session-for.ts";
import {
  namedProfile,
  profileOption,
  tokenOption,
  type SessionOptions,
} from "./session-options.ts";
import { shellFor, shellOption } from "./shell-option.ts";

interface ExportsOptions extends SessionOptions {
  readonly shell?: ShellName;
  readonly format?: ExportFormat;
  readonly mfa: boolean;
}

const examples = `
Examples:  eval "$(awsmfa exports)"                     bash, zsh, sh
           awsmfa exports | source                      fish
           eval "\`awsmfa exports\`"                      tcsh
           awsmfa exports --format env > .env           for docker --env-file
Undone by unsets. A failure makes the eval fail, and sets nothing.`;

/** `awsmfa exports`: prints the assignments of a session for a shell to eval, or for other readers. */
export function addExports(program: Command, context: Context): void {
  const command = program.command("exports");
  command
    .summary("print a session for the shell to eval")
    .description(
      "Prints the assignments that give the calling shell the session of a profile. " +
        "Asks for a code if need be.",
    )
    .addOption(profileOption())
    .addOption(shellOption())
    .addOption(
      new Option("--format <name>", "print it for another reader than a shell")
        .choices(exportFormats)
        .conflicts("shell"),
    )
    .option("--no-mfa", "a session without a code; it is not stored")
    .addOption(tokenOption())
    .addHelpText("after", examples)
    .exitOverride((error) => {
      if (error.exitCode !== 0) failTheEval(context, command.opts(), ExitCode.usage);
      throw error;
    })
    .action(async (options: ExportsOptions) => {
      try {
        await printExports({ ...context, token: options.token }, options);
      } catch (error) {
        failTheEval(context, options, isAwsmfaError(error) ? error.exitCode : ExitCode.general);
        throw error;
      }
    });
}

async function printExports(context: Context, options: ExportsOptions): Promise<void> {
  const session = await exportedSessionFor(context, {
    profile: namedProfile(options),
    mfa: options.mfa,
  });
  if (session === undefined) return;
  const exports = exportAssignments(session, context.env);
  if (options.format !== undefined) {
    writeAll(1, formatExports(options.format, session, exports));
    return;
  }
  const { set } = shellFor(options.shell, context.env);
  writeAll(1, exports.map(([name, value]) => `${set(name, value)}\n`).join(""));
}

/** An `eval` of nothing would succeed: this one is given something that fails. */
function failTheEval(
  { env }: Context,
  { format, shell }: Partial<ExportsOptions>,
  exitCode: ExitCode,
): void {
  if (format !== undefined || isatty(1)) return;
  writeAll(1, `${shellFor(shell, env).fail(exitCode)}\n`);
}
