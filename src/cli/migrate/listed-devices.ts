import type { DevicesAnswer } from "../../aws/iam.ts";
import type { ProfileFiles } from "../../core/aws-files/profile.ts";
import type { Context } from "../../core/context.ts";
import { isAwsmfaError } from "../../core/errors.ts";
import type { LaidOutSection } from "../../core/migrate/laid-out-sections.ts";
import { printable } from "../../core/printable.ts";
import { deviceFault, type MfaDevice } from "../../core/request/mfa-device.ts";
import { serviceTarget } from "../../core/service/service-target.ts";

/** Longer than this, in milliseconds, nobody waits for a mere default. */
const withinMs = 10_000;

/** The devices of the section's user that give codes, where its keys may list them; else none. */
export async function listedDevices(
  context: Context,
  files: ProfileFiles,
  section: LaidOutSection,
): Promise<MfaDevice[]> {
  const answer = await askIam(context, files, section);
  if (answer.kind === "rejected") {
    context.report.debug(`IAM lists no devices (${printable(answer.rejection.code)})`);
    return [];
  }
  const devices = answer.serials.map((serial) => ({ serial, setting: "IAM", profile: undefined }));
  return devices.filter((device) => deviceFault(device) === undefined);
}

/** The profile with the temporary keys may be the one that says in which partition they are. */
async function askIam(
  { env }: Context,
  files: ProfileFiles,
  { name, shortTerm = name }: LaidOutSection,
): Promise<DevicesAnswer | NotAsked> {
  const profiles = [files.find(name), files.find(shortTerm)].filter((one) => one !== undefined);
  const keys = profiles[0]?.keys;
  if (keys?.kind !== "long-term") return { kind: "rejected", rejection: { code: "NoKeys" } };
  const iam = serviceTarget("IAM", env, files, profiles, "");
  const { listMfaDevices } = await import("../../aws/iam.ts");
  try {
    return await listMfaDevices({ keys: { ...keys, sessionToken: undefined }, iam, env, withinMs });
  } catch (error) {
    if (isAwsmfaError(error)) return { kind: "rejected", rejection: error };
    throw error;
  }
}

interface NotAsked {
  readonly kind: "rejected";
  readonly rejection: { readonly code: string };
}
