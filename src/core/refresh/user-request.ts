import type { Profile, ProfileFiles } from "../aws-files/profile.ts";
import type { Environment } from "../environment.ts";
import { configurationError } from "../errors.ts";
import { askedOfUs } from "../plan/own-process.ts";
import { printable, printableName } from "../printable.ts";
import type { MfaDevice } from "../request/mfa-device.ts";
import {
  mfaSessionRequest,
  type MfaSessionRequest,
  type Unfit,
} from "../request/mfa-session-request.ts";
import { longTermBase } from "./long-term-profile.ts";
import type { SectionNames } from "./section-names.ts";

interface Wanted {
  /** Whose keys it is asked for with. */
  readonly longTerm: Profile;
  /** What it is written to. */
  readonly target: Profile;
  readonly device: MfaDevice;
  readonly seconds: number;
}

/** The request for a session of the user that is to be written. Throws 253 where there are no keys for it. */
export function userRequest(
  { env, files }: { env: Environment; files: ProfileFiles },
  { longTerm, target, device, seconds }: Wanted,
): MfaSessionRequest {
  const base = longTermBase(longTerm);
  const settings = [longTerm, target];
  const request = mfaSessionRequest({ env, files, base, device, profile: longTerm, settings });
  const purpose = `profile ${printable(target.name)}, renewing for ${seconds} seconds`;
  return { ...request, purpose };
}

/** The profile that is written to, as far as it is there. */
export function profileToWrite(files: ProfileFiles, { shortTerm }: SectionNames): Profile {
  const nothing = { name: shortTerm, setting: () => undefined, keys: { kind: "none" } } as const;
  return files.find(shortTerm) ?? nothing;
}

/** Throws 253 for a profile that has its session from us by `credential_process`; an option names another. */
export function refuseSupplied({ name, setting }: Profile, option: string): void {
  const command = setting("credential_process");
  if (command === undefined || askedOfUs(command) === undefined) return;
  throw configurationError(
    "OwnProcess",
    `profile ${printableName(name)} has its session from awsmfa credential-process: programs would use keys written for it instead, and get no new ones.`,
    {
      hint: `Use the profile as it is, take credential_process out of it, or name another section: ${option}`,
    },
  );
}

/** For a request that only sessions got after `then` may serve. */
export function anew(then: Date): { unfit: Unfit } {
  return { unfit: { keys: [], until: then } };
}
