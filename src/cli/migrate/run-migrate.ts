import { checkCredentials } from "../../aws/files/credentials.ts";
import type { Context } from "../../core/context.ts";
import { configurationError } from "../../core/errors.ts";
import { describeMigration, nothingLaidOut } from "../../core/migrate/describe-migration.ts";
import { unknownDeviceError } from "../../core/migrate/given-device.ts";
import { withoutDevice, type SectionMigration } from "../../core/migrate/migration.ts";
import { nextSteps } from "../../core/migrate/next-steps.ts";
import { printable } from "../../core/printable.ts";
import { guardProcess } from "../../system/guard-process.ts";
import { writeAll } from "../../system/write-all.ts";
import { backupWords } from "../backup-words.ts";
import { isEndOfInput } from "../interview/interview.ts";
import { completePlan } from "./complete-plan.ts";
import { openMode, type MigrateOptions, type Mode } from "./mode.ts";
import { isReady, readOriginal, type Original } from "./original.ts";
import { writeMigration } from "./write-migration.ts";

/** Shows what is to change, asks, and writes. Throws 253 where there is nobody to ask. */
export async function runMigrate(
  context: Context,
  names: readonly string[],
  options: MigrateOptions,
): Promise<void> {
  guardProcess();
  const original = readOriginal(context.env, names);
  if (original.sections.length === 0) {
    tell(`Nothing in ${printable(original.path)} is laid out for another MFA tool.`);
    return tell(...nothingLaidOut);
  }
  const mode = openMode(options, isReady(original));
  try {
    // Nobody should be asked in vain.
    if (mode.kind === "ask") await checkCredentials(context);
    const hints = { device: options.device, areNamed: names.length > 0, mode };
    const plan = await completePlan(context, original, hints);
    tell(printable(original.path), ...describeMigration(plan));
    await carryOut(context, original, plan, mode);
  } catch (error) {
    if (!isEndOfInput(error)) throw error;
    tell(nothingWritten);
  } finally {
    if (mode.kind === "ask") mode.interview.close();
  }
}

/** Throws 253 where a device is missing, and nobody was asked for it; the rest is written then. */
async function carryOut(
  context: Context,
  original: Original,
  plan: readonly SectionMigration[],
  mode: Mode,
): Promise<void> {
  if (mode.kind === "show") return;
  if (plan.some(({ kind }) => kind === "change")) {
    if (!(await isWanted(mode))) return tell(nothingWritten);
    const backup = await writeMigration(context, original, plan);
    if (backup !== undefined) tell(backupWords(backup));
    tell(...nextSteps(plan, original.files));
  }
  const lacking = withoutDevice(plan);
  // Whoever was asked knows.
  if (lacking.length > 0 && mode.kind !== "ask") throw unknownDeviceError(lacking);
}

async function isWanted(mode: Mode): Promise<boolean> {
  if (mode.kind === "no-terminal") throw noTerminalError();
  return mode.kind !== "ask" || mode.interview.confirm("Write this?");
}

function noTerminalError(): Error {
  return configurationError(
    "NoTerminal",
    "there is no terminal to ask on whether to write this: nothing was written.",
    { hint: "Run it on a terminal, or with --yes, which writes without asking." },
  );
}

const nothingWritten = "Nothing was written.";

function tell(...lines: readonly string[]): void {
  writeAll(1, lines.map((line) => `${line}\n`).join(""));
}
