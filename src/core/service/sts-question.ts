import type { Keys } from "../keys.ts";
import { deviceName, type MfaDevice } from "../request/mfa-device.ts";
import { lastFour, printable } from "../printable.ts";
import { mfaRequestOf, type SessionRequest } from "../request/session-request.ts";
import { servicePlace, type ServiceTarget } from "./service-target.ts";

/** What was asked, for messages: nothing in it is secret. */
export interface StsQuestion {
  readonly accessKeyId: string;
  /** The profile's name; undefined for environment keys. */
  readonly profile: string | undefined;
  /** ARN of the role; undefined where a session of the user was asked for. */
  readonly role: string | undefined;
  /** The device; undefined where no code was sent. */
  readonly device: MfaDevice | undefined;
  readonly sts: ServiceTarget;
}

/** What a request asks with these keys, and with a code of this device if any. */
export function stsQuestion(
  request: SessionRequest,
  { accessKeyId }: Keys,
  device: MfaDevice | undefined,
): StsQuestion {
  const role = request.kind === "role" ? request.role.arn : undefined;
  const { sts } = mfaRequestOf(request);
  return { accessKeyId, profile: request.profile?.name, role, device, sts };
}

/** Everything that may have been wrong about it, in brackets behind a message. */
export function describeQuestion({ accessKeyId, profile, role, device, sts }: StsQuestion): string {
  return [
    profile === undefined ? "environment keys" : `profile ${printable(profile)}`,
    ...(role === undefined ? [] : [`role ${printable(role)}`]),
    `key ${lastFour(accessKeyId)}`,
    ...(device === undefined ? [] : [`device ${deviceName(device.serial)}`]),
    `STS ${servicePlace(sts)}`,
  ].join(", ");
}
