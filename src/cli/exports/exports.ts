import { isatty } from "node:tty";
import { Option, type Command } from "commander";
import { activeProfile } from "../../core/plan/active-profile.ts";
import type { Context } from "../../core/context.ts";
import { ExitCode, isAwsmfaError } from "../../core/errors.ts";
import { exportAssignments } from "../../core/child/export-assignments.ts";
import {
  exportFormats,
  formatExports,
  type ExportFormat,
} from "../../core/child/export-formats.ts";
import { printableName } from "../../core/printable.ts";
import type { Shell, ShellName } from "../../shell/shell.ts";
import { writeAll } from "../../system/write-all.ts";
import { sessionToExport, type Wanted } from "./session-to-export.ts";
import { failTheEval, failTheEvalOnSignals } from "../fail-the-eval.ts";
import {
  namedProfile,
  profileOption,
  tokenOption,
  type SessionOptions,
} from "../session-options.ts";
import { shellFor } from "../shell-for.ts";
import { shellLines } from "../shell-lines.ts";
import { evalExamples, shellOption } from "../shell-option.ts";

interface ExportsOptions extends SessionOptions {
  readonly shell?: ShellName;
  readonly format?: ExportFormat;
  readonly mfa: boolean;
}

const examples = `
${evalExamples("awsmfa exports")}
           awsmfa exports --format env > .env           for docker --env-file
Undone by unsets. A failure makes the eval fail, and sets nothing.
AWS_PROFILE stays as it is: region and output come from there, and the AWS SDK
for JavaScript prefers it to the session. exec has neither trouble.`;

/** `awsmfa exports`: prints the assignments of a session for a shell to eval, or for other readers. */
export function addExports(program: Command, context: Context): void {
  program
    .command("exports")
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
    .action(async (options: ExportsOptions) => {
      const given = { ...context, token: options.token };
      const wanted = { profile: namedProfile(options), mfa: options.mfa };
      const { format } = options;
      if (format === undefined) {
        await exportToShell(given, wanted, shellFor(options.shell, context.env));
      } else await exportAs(format, given, wanted);
    });
}

async function exportAs(format: ExportFormat, context: Context, wanted: Wanted): Promise<void> {
  const session = await sessionToExport(context, wanted);
  if (session === undefined) return;
  writeAll(1, formatExports(format, session, exportAssignments(session, context.env)));
}

async function exportToShell(context: Context, wanted: Wanted, shell: Shell): Promise<void> {
  failTheEvalOnSignals(shell);
  try {
    const session = await sessionToExport(context, wanted);
    if (session === undefined) return;
    warnOfOtherProfile(context, wanted.profile);
    const exports = exportAssignments(session, context.env);
    writeAll(1, shellLines(shell, exports));
    if (!isatty(1)) return;
    context.report.say(
      `this was only printed. For this shell: ${shell.evaluate("awsmfa exports")}`,
    );
  } catch (error) {
    failTheEval(shell, isAwsmfaError(error) ? error.exitCode : ExitCode.general);
    throw error;
  }
}

/** Whoever reads the profile variables still reads another profile's settings there. */
function warnOfOtherProfile({ env, report }: Context, named: string | undefined): void {
  const { name, namedBy } = activeProfile(env, undefined);
  if (named === undefined || namedBy === "nobody" || name === named) return;
  report.say(
    `${namedBy} is still ${printableName(name)}: region and output come from there, and the AWS SDK ` +
      "for JavaScript takes its keys.",
  );
}
