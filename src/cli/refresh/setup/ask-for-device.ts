import type { Context } from "../../../core/context.ts";
import { printable } from "../../../core/printable.ts";
import { deviceFault } from "../../../core/request/mfa-device.ts";
import type { Rejection } from "../../../core/service/rejection.ts";
import type { ServiceTarget } from "../../../core/service/service-target.ts";
import type { CheckedKeys } from "./checked-keys.ts";
import { fault, ok, type Interview, type Reading } from "./interview.ts";

/** Asks for the serial of the MFA device, offering what IAM and the user's name tell. */
export async function askForDevice(
  { env }: Context,
  interview: Interview,
  { keys, user }: CheckedKeys,
  iam: ServiceTarget,
): Promise<string> {
  // Keys that could not be checked have no better way to IAM.
  if (user === undefined) return askForSerial(interview, undefined);
  const { listMfaDevices } = await import("../../../aws/iam.ts");
  const answer = await listMfaDevices({ keys, iam, env });
  if (answer.kind === "rejected") {
    interview.tell(refusalWords(answer.rejection));
    return askForSerial(interview, user.usualDevice);
  }
  const usable = answer.serials.filter((serial) => faultOf(serial) === undefined);
  if (usable.length > 1) return choose(interview, usable);
  if (usable.length === 0) interview.tell(noDeviceWords(answer.serials));
  return askForSerial(interview, usable[0] ?? user.usualDevice);
}

function choose({ tell, ask }: Interview, serials: readonly string[]): Promise<string> {
  tell("MFA devices of this user:");
  for (const [index, serial] of serials.entries()) tell(`  ${index + 1}  ${printable(serial)}`);
  return ask("MFA device (number or serial): ", (answer) => {
    const chosen = /^\d{1,2}$/.test(answer) ? serials[Number(answer) - 1] : undefined;
    return chosen === undefined ? readSerial(answer) : ok(chosen);
  });
}

function askForSerial({ ask }: Interview, offered: string | undefined): Promise<string> {
  const offer = offered === undefined ? "" : ` [${printable(offered)}]`;
  return ask(`MFA device${offer}: `, (answer) => readSerial(answer || (offered ?? "")));
}

function readSerial(serial: string): Reading<string> {
  if (serial === "") {
    return fault("The device's serial is needed: arn:aws:iam::123456789012:mfa/name.");
  }
  const text = faultOf(serial);
  return text === undefined ? ok(serial) : fault(text);
}

function faultOf(serial: string): string | undefined {
  const error = deviceFault({ serial, setting: "That", profile: undefined });
  return error && `${error.message} ${error.hint}`;
}

function refusalWords({ code }: Rejection): string {
  return `Its MFA devices cannot be listed with these keys (${printable(code)}).`;
}

function noDeviceWords(serials: readonly string[]): string {
  return serials.length === 0
    ? "IAM knows no MFA device of this user: register an authenticator app first, in the IAM console."
    : "This user has passkeys or security keys alone, and the AWS API cannot use those: register an\n" +
        "authenticator app as well, in the IAM console.";
}
