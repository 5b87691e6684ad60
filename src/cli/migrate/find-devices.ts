import type { Context } from "../../core/context.ts";
import type { LaidOutSection } from "../../core/migrate/laid-out-sections.ts";
import type { DevicesOfKeys } from "../../core/migrate/migration.ts";
import type { MfaDevice } from "../../core/request/mfa-device.ts";
import { askForDevice } from "./ask-for-device.ts";
import { listedDevices } from "./listed-devices.ts";
import type { Original } from "./original.ts";

/**
 * Finds the devices of users for whom no file names one: IAM knows them, or somebody who is asked. Where
 * nobody is, the only device that IAM lists is taken. Throws 130 after ^C.
 */
export async function findDevices(
  context: Context,
  original: Original,
  lacking: readonly LaidOutSection[],
  asks: boolean,
): Promise<DevicesOfKeys> {
  const found = new Map<string, MfaDevice>();
  const asked = new Set<string>();
  for (const section of lacking) {
    const { accessKeyId } = section;
    if (asked.has(accessKeyId)) continue;
    asked.add(accessKeyId);
    const listed = await listedDevices(context, original, section);
    const only = listed.length === 1 ? listed[0] : undefined;
    const device = asks ? await askForDevice(context, section, listed) : only;
    if (device !== undefined) found.set(accessKeyId, device);
  }
  return found;
}
