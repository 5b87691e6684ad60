import { configurationError, type AwsmfaError } from "../errors.ts";
import { printable } from "../printable.ts";

/** Length and characters of `SerialNumber` in STS (API reference, GetSessionToken). */
const serialPattern = /^[\w+=/:,.@-]{9,256}$/;

/** The name people know a device by: what follows `mfa/` in its ARN, or the hardware serial. */
export function deviceName(serial: string): string {
  return printable(/:mfa\/(.+)$/.exec(serial)?.[1] ?? serial);
}

/** Why this serial can never work with STS, told before anybody is asked for a code. */
export function serialFault(serial: string): AwsmfaError | undefined {
  if (/:u2f\//.test(serial)) {
    return configurationError(
      "PasskeyDevice",
      `${printable(serial)} is a passkey or security key, and the AWS API cannot use those.`,
      { hint: "Register an authenticator app (TOTP) as a second device, or use `aws login`." },
    );
  }
  if (!serialPattern.test(serial)) {
    return configurationError(
      "InvalidSerial",
      `"${printable(serial)}" is not the serial of an MFA device.`,
      { hint: "It looks like arn:aws:iam::123456789012:mfa/name, or like GAHT12345678." },
    );
  }
  return undefined;
}
