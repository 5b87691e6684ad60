import type { Context } from "../../core/context.ts";
import { configurationError } from "../../core/errors.ts";
import { describeMigration, nothingLaidOut } from "../../core/migrate/describe-migration.ts";
import { unknownDeviceError } from "../../core/migrate/given-device.ts";
import { withoutDevice } from "../../core/migrate/migration.ts";
import { nextSteps } from "../../core/migrate/next-steps.ts";
import { printable } from "../../core/printable.ts";
import { askOnTerminal } from "../../mfa/ask-on-terminal.ts";
import { openTerminal } from "../../system/terminal.ts";
import { writeAll } from "../../system/write-all.ts";
import { backupWords } from "../backup-words.ts";
import { completePlan } from "./complete-plan.ts";
import type { Search } from "./find-devices.ts";
import { readOriginal } from "./original.ts";
import { writeMigration } from "./write-migration.ts";

/** What the command line of `migrate` says. */
export interface MigrateOptions {
  readonly device?: string;
  readonly dryRun?: true;
  readonly yes?: true;
}

/** Shows what is to change, asks, and writes. Throws 253 where there is nobody to ask, 130 after ^C. */
export async function runMigrate(
  context: Context,
  names: readonly string[],
  options: MigrateOptions,
): Promise<void> {
  const original = readOriginal(context.env, names);
  if (original.sections.length === 0) {
    tell(`Nothing in ${printable(original.path)} is laid out for another MFA tool.`);
    return tell(...nothingLaidOut);
  }
  const { device, dryRun } = options;
  const search = searchFor(options);
  const plan = await completePlan(context, original, {
    device,
    areNamed: names.length > 0,
    search,
  });
  tell(printable(original.path), ...describeMigration(plan));
  if (dryRun) return;
  if (plan.some(({ kind }) => kind === "change")) {
    if (search === "none") throw noTerminalError();
    if (search === "ask" && !(await isWanted())) return tell("Nothing was written.");
    const backup = await writeMigration(context, original, plan);
    tell(...(backup === undefined ? [] : [backupWords(backup)]));
    tell(...nextSteps(plan, original.files));
  }
  const lacking = withoutDevice(plan);
  // Whoever was asked knows.
  if (lacking.length > 0 && search !== "ask") throw unknownDeviceError(lacking);
}

function searchFor({ dryRun, yes }: MigrateOptions): Search {
  if (dryRun) return "none";
  if (yes) return "look";
  return hasTerminal() ? "ask" : "none";
}

async function isWanted(): Promise<boolean> {
  const answer = await askOnTerminal("Write this? [y/N] ");
  return /^y(es)?$/i.test(answer?.trim() ?? "");
}

function hasTerminal(): boolean {
  const terminal = openTerminal();
  terminal?.close();
  return terminal !== undefined;
}

function noTerminalError(): Error {
  return configurationError(
    "NoTerminal",
    "there is no terminal to ask on whether to write this: nothing was written.",
    { hint: "Run it on a terminal, or with --yes, which writes without asking." },
  );
}

function tell(...lines: readonly string[]): void {
  writeAll(1, lines.map((line) => `${line}\n`).join(""));
}
