import { checkCredentials } from "../../aws/files/credentials.ts";
import type { Context } from "../../core/context.ts";
import { describeMigration, nothingLaidOut } from "../../core/migrate/describe-migration.ts";
import { unknownDeviceError } from "../../core/migrate/given-device.ts";
import { withoutDevice, type SectionMigration } from "../../core/migrate/migration.ts";
import { nextSteps } from "../../core/migrate/next-steps.ts";
import { printable } from "../../core/printable.ts";
import { guardProcess } from "../../system/guard-process.ts";
import { backupWords } from "../backup-words.ts";
import { inMode, isWanted, nothingWritten, type Mode } from "../interview/mode.ts";
import { tell } from "../tell.ts";
import { completePlan } from "./complete-plan.ts";
import type { MigrateOptions } from "./migrate-options.ts";
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
  await inMode(options, isReady(original), async (mode) => {
    // Nobody should be asked in vain.
    if (mode.kind === "ask") await checkCredentials(context);
    const hints = { device: options.device, areNamed: names.length > 0, mode };
    const plan = await completePlan(context, original, hints);
    tell(printable(original.path), ...describeMigration(plan));
    await carryOut(context, original, plan, mode);
  });
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
