import type { Context } from "../../core/context.ts";
import { configurationError } from "../../core/errors.ts";
import { describeMigration, nothingLaidOut } from "../../core/migrate/describe-migration.ts";
import {
  devicesOfOption,
  devicesOfVariable,
  unknownDeviceError,
} from "../../core/migrate/given-device.ts";
import {
  planMigration,
  withoutDevice,
  type DevicesOfKeys,
  type SectionMigration,
} from "../../core/migrate/migration.ts";
import type { LaidOutSection } from "../../core/migrate/laid-out-sections.ts";
import { nextSteps } from "../../core/migrate/next-steps.ts";
import { printable } from "../../core/printable.ts";
import { askOnTerminal } from "../../mfa/ask-on-terminal.ts";
import { openTerminal } from "../../system/terminal.ts";
import { writeAll } from "../../system/write-all.ts";
import { findDevices } from "./find-devices.ts";
import { readOriginal, type Original } from "./original.ts";
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
  const asks = !options.dryRun && !options.yes && hasTerminal();
  const plan = await completePlan(context, original, { ...options, asks });
  tell(printable(original.path), ...describeMigration(plan));
  if (options.dryRun) return;
  if (plan.some(({ kind }) => kind === "change")) {
    if (!asks && !options.yes) throw noTerminalError();
    if (asks && !(await isWanted())) return tell("Nothing was written.");
    const backup = await writeMigration(context, original, plan);
    tell(...(backup === undefined ? [] : [`The file as it was: ${printable(backup)}`]));
    tell(...nextSteps(plan, original.files));
  }
  const lacking = withoutDevice(plan);
  // Whoever was asked knows.
  if (lacking.length > 0 && !asks) throw unknownDeviceError(lacking);
}

interface Completion extends MigrateOptions {
  readonly asks: boolean;
}

/** The plan with the devices that are given, and those that can be found out. */
async function completePlan(
  context: Context,
  original: Original,
  options: Completion,
): Promise<SectionMigration[]> {
  const planWith = (devices: DevicesOfKeys): SectionMigration[] =>
    planMigration(original.sections, original.files, devices);
  const lacking = withoutDevice(planWith(new Map()));
  const given = givenDevices(context, lacking, options);
  const rest = lacking.filter(({ accessKeyId }) => !given.has(accessKeyId));
  if (options.dryRun || !(options.asks || options.yes)) return planWith(given);
  const found = await findDevices(context, original, rest, options.asks);
  return planWith(new Map([...given, ...found]));
}

function givenDevices(
  { env, report }: Context,
  lacking: readonly LaidOutSection[],
  { device }: MigrateOptions,
): DevicesOfKeys {
  if (device === undefined) return devicesOfVariable(env, lacking);
  const devices = devicesOfOption(device, lacking);
  if (devices.size === 0) report.say("--device was not needed: every section names its own.");
  return devices;
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
