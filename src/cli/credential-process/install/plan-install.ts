import { readIniFile } from "../../../aws/files/read-ini-file.ts";
import {
  profileFiles,
  type Profile,
  type ProfileFiles,
  type ProfileKeys,
} from "../../../core/aws-files/profile.ts";
import type { Context } from "../../../core/context.ts";
import { configurationError } from "../../../core/errors.ts";
import { noSessionError } from "../../../core/plan/no-session.ts";
import { keysAskedOfUs } from "../../../core/plan/own-process.ts";
import { unknownProfileError } from "../../../core/plan/plain-session.ts";
import { planProfile } from "../../../core/plan/plan-profile.ts";
import { printableName } from "../../../core/printable.ts";
import {
  presenceOf,
  type FilesNow,
  type Presence,
} from "../../../core/process-profile/present-profile.ts";
import {
  processProfile,
  type ProcessProfile,
} from "../../../core/process-profile/process-profile.ts";
import { usualTarget } from "../../../core/refresh/section-names.ts";
import type { BaseKeys } from "../../../core/request/mfa-session-request.ts";
import { mfaRequestOf } from "../../../core/request/session-request.ts";
import { lastingNode } from "../../../system/lasting-node.ts";
import { configPath, credentialsPath } from "../../../system/paths.ts";

/** Which profile is to be added. */
export interface Wanted {
  /** Whose session it has. */
  readonly profile: string;
  /** What it is called: `<profile>-mfa` where that is left out. */
  readonly as?: string | undefined;
  /** Node and the script of awsmfa, as absolute paths. */
  readonly program: readonly string[];
}

/** What is to be done. */
export interface InstallPlan {
  readonly added: ProcessProfile;
  readonly presence: Presence;
  readonly now: FilesNow;
}

/** Reads both AWS files and decides what is to be added. Throws 253 for what would not work. */
export function planInstall(context: Context, { profile, as, program }: Wanted): InstallPlan {
  const now = filesNow(context);
  const files = profileFiles(now.config.document, now.credentials.document);
  const source = profile === "" ? undefined : files.find(profile);
  if (source === undefined) throw unknownProfileError(profile);
  refuseWithoutSession(context, source, files);
  const [node = "", ...script] = program;
  const name = as ?? usualTarget(profile);
  const added = processProfile(source, name, [lastingNode(node), ...script]);
  return { added, presence: presenceOf(added, now), now };
}

function filesNow({ env }: Context): FilesNow {
  const read = (path: string) => ({ path, document: readIniFile(path) });
  return { config: read(configPath(env)), credentials: read(credentialsPath(env)) };
}

function refuseWithoutSession(
  { env, report }: Context,
  profile: Profile,
  files: ProfileFiles,
): void {
  const { name, keys } = profile;
  refuseOwn(name, keys);
  const plan = planProfile(profile, files, env);
  if (plan.kind !== "session") throw noSessionError(plan, name);
  const { base, device, profile: root } = mfaRequestOf(plan.request);
  refuseOwn(root?.name ?? name, base);
  if (device.profile !== undefined) return;
  report.say(
    `${device.setting} names the MFA device: programs need it in their environment, too, or mfa_serial in profile ${printableName(name)}.`,
  );
}

/** Where it would ask itself, or its session for another one. */
function refuseOwn(name: string, keys: ProfileKeys | BaseKeys): void {
  if (keysAskedOfUs(keys) === undefined) return;
  throw configurationError(
    "OwnProcess",
    `profile ${printableName(name)} has its keys from awsmfa credential-process already.`,
    { hint: "Use it as it is, or name the profile that holds the long-term keys." },
  );
}
