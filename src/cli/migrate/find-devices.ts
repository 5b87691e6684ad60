import type { ProfileFiles } from "../../core/aws-files/profile.ts";
import type { Context } from "../../core/context.ts";
import type { LaidOutSection } from "../../core/migrate/laid-out-sections.ts";
import type { DevicesOfKeys } from "../../core/migrate/migration.ts";
import type { MfaDevice } from "../../core/request/mfa-device.ts";
import { askForDevice } from "./ask-for-device.ts";
import { listedDevices } from "./listed-devices.ts";

/** Whether somebody is asked, or IAM alone (then the only device that it lists is taken), or nobody. */
export type Search = "ask" | "look" | "none";

/** Finds the devices of users for whom no file names one. Throws 130 after ^C. */
export async function findDevices(
  context: Context,
  files: ProfileFiles,
  lacking: readonly LaidOutSection[],
  search: Search,
): Promise<DevicesOfKeys> {
  const found = new Map<string, MfaDevice>();
  if (search === "none") return found;
  const oneOfEachKey = new Map(lacking.map((section) => [section.accessKeyId, section]));
  for (const [accessKeyId, section] of oneOfEachKey) {
    const listed = await listedDevices(context, files, section);
    const only = listed.length === 1 ? listed[0] : undefined;
    const device = search === "ask" ? await askForDevice(context, section, listed) : only;
    if (device !== undefined) found.set(accessKeyId, device);
  }
  return found;
}
