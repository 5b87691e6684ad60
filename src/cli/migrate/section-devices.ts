import type { ProfileFiles } from "../../core/aws-files/profile.ts";
import type { Context } from "../../core/context.ts";
import type { LaidOutSection } from "../../core/migrate/laid-out-sections.ts";
import { printable } from "../../core/printable.ts";
import type { MfaDevice } from "../../core/request/mfa-device.ts";
import { serviceTarget } from "../../core/service/service-target.ts";
import { listedDevices } from "../interview/listed-devices.ts";

/** The devices of the section's user that give codes, where its keys may list them; else none. */
export async function sectionDevices(
  context: Context,
  files: ProfileFiles,
  { name, shortTerm = name }: LaidOutSection,
): Promise<MfaDevice[]> {
  const { env, report } = context;
  const own = files.find(name);
  if (own?.keys.kind !== "long-term") return [];
  // The profile with the temporary keys may be the one that says in which partition they are.
  const profiles = [own, files.find(shortTerm)].filter((each) => each !== undefined);
  const owner = {
    keys: { ...own.keys, sessionToken: undefined },
    iam: serviceTarget("IAM", env, files, profiles, ""),
  };
  const explain = (text: string): void => report.debug(`[${printable(name)}]: ${text}`);
  return (await listedDevices(context, owner, explain)) ?? [];
}
