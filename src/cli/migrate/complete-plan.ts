import type { Context } from "../../core/context.ts";
import { devicesOfOption, devicesOfVariable } from "../../core/migrate/given-device.ts";
import type { LaidOutSection } from "../../core/migrate/laid-out-sections.ts";
import {
  planMigration,
  withoutDevice,
  type DevicesOfKeys,
  type SectionMigration,
} from "../../core/migrate/migration.ts";
import type { Mode } from "../interview/mode.ts";
import { findDevices } from "./find-devices.ts";
import type { Original } from "./original.ts";

interface Hints {
  /** `--device`. */
  readonly device: string | undefined;
  /** Whether the sections were named. */
  readonly areNamed: boolean;
  readonly mode: Mode;
}

/** The plan with the devices that are given, and those that can be found out. Throws 253. */
export async function completePlan(
  context: Context,
  { sections, files }: Original,
  hints: Hints,
): Promise<SectionMigration[]> {
  const lacking = withoutDevice(planMigration(sections, files, new Map()));
  const given = givenDevices(context, lacking, hints);
  const rest = lacking.filter(({ accessKeyId }) => !given.has(accessKeyId));
  const found = await findDevices(context, files, rest, hints.mode);
  return planMigration(sections, files, new Map([...given, ...found]));
}

function givenDevices(
  { env, report }: Context,
  lacking: readonly LaidOutSection[],
  { device, areNamed }: Hints,
): DevicesOfKeys {
  if (device === undefined) return devicesOfVariable(env, lacking);
  const devices = devicesOfOption(device, lacking, areNamed);
  if (devices.size === 0) report.say("--device was not needed: every section names its own.");
  return devices;
}
