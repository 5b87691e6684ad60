import type { Context } from "../../core/context.ts";
import { isAwsmfaError } from "../../core/errors.ts";
import type { Keys } from "../../core/keys.ts";
import { printable } from "../../core/printable.ts";
import { deviceFault, type MfaDevice } from "../../core/request/mfa-device.ts";
import type { ServiceTarget } from "../../core/service/service-target.ts";

/** Whose devices, and where IAM is asked. */
export interface DeviceOwner {
  readonly keys: Keys;
  readonly iam: ServiceTarget;
}

/** Longer than this, in milliseconds, nobody waits for a mere default. */
const withinMs = 10_000;

/**
 * The devices of a user that give codes, as IAM lists them; undefined where it does not. Where there is none,
 * `explain` gets why.
 */
export async function listedDevices(
  context: Context,
  owner: DeviceOwner,
  explain: (text: string) => void,
): Promise<MfaDevice[] | undefined> {
  const serials = await listedSerials(context, owner, explain);
  if (serials === undefined) return undefined;
  const devices = serials.map((serial) => ({ serial, setting: "IAM", profile: undefined }));
  const usable = devices.filter((device) => deviceFault(device) === undefined);
  if (usable.length === 0) explain(noDeviceWords(serials));
  return usable;
}

async function listedSerials(
  { env }: Context,
  { keys, iam }: DeviceOwner,
  explain: (text: string) => void,
): Promise<readonly string[] | undefined> {
  const { listMfaDevices } = await import("../../aws/iam.ts");
  try {
    const answer = await listMfaDevices({ keys, iam, env, withinMs });
    if (answer.kind === "devices") return answer.serials;
    explain(refusalWords(answer.rejection.code));
  } catch (error) {
    // A region or an endpoint that is none.
    if (!isAwsmfaError(error)) throw error;
    explain(refusalWords(error.code));
  }
  return undefined;
}

function refusalWords(code: string): string {
  return `Its MFA devices cannot be listed with these keys (${printable(code)}).`;
}

function noDeviceWords(serials: readonly string[]): string {
  return serials.length === 0
    ? "IAM knows no MFA device of this user: register an authenticator app first, in the IAM console."
    : "This user has passkeys or security keys alone, and the AWS API cannot use those: register an\n" +
        "authenticator app as well, in the IAM console.";
}
