import type { ProfileFiles } from "../../core/aws-files/profile.ts";
import type { Context } from "../../core/context.ts";
import type { LaidOutSection } from "../../core/migrate/laid-out-sections.ts";
import type { DevicesOfKeys } from "../../core/migrate/migration.ts";
import { lastFour, printable } from "../../core/printable.ts";
import type { MfaDevice } from "../../core/request/mfa-device.ts";
import { askForDevice } from "../interview/ask-for-device.ts";
import { ok } from "../interview/interview.ts";
import type { Mode } from "../interview/mode.ts";
import { sectionDevices } from "./section-devices.ts";

/** Finds the devices of users for whom no file names one. */
export async function findDevices(
  context: Context,
  files: ProfileFiles,
  lacking: readonly LaidOutSection[],
  mode: Mode,
): Promise<DevicesOfKeys> {
  const found = new Map<string, MfaDevice>();
  if (mode.kind === "show" || mode.kind === "no-terminal") return found;
  const oneOfEachKey = new Map(lacking.map((section) => [section.accessKeyId, section]));
  for (const [accessKeyId, section] of oneOfEachKey) {
    const listed = await sectionDevices(context, files, section);
    const device = await chooseDevice(section, listed, mode);
    if (device !== undefined) found.set(accessKeyId, device);
  }
  return found;
}

function chooseDevice(
  { name, accessKeyId }: LaidOutSection,
  listed: readonly MfaDevice[],
  mode: Extract<Mode, { kind: "ask" | "unasked" }>,
): Promise<MfaDevice | undefined> | MfaDevice | undefined {
  if (mode.kind === "unasked") return listed.length === 1 ? listed[0] : undefined;
  return askForDevice(mode.interview, {
    subject: `MFA device of [${printable(name)}], key ${lastFour(accessKeyId)}`,
    listed,
    atEnter: ok(undefined),
  });
}
