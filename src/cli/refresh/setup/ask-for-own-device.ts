import type { Context } from "../../../core/context.ts";
import type { ServiceTarget } from "../../../core/service/service-target.ts";
import { askForDevice } from "../../interview/ask-for-device.ts";
import { fault, type Interview } from "../../interview/interview.ts";
import { listedDevices } from "../../interview/listed-devices.ts";
import type { CheckedKeys } from "./ask-for-checked-keys.ts";

/** Asks for the serial of the user's MFA device, offering what IAM and the user's name tell. */
export async function askForOwnDevice(
  context: Context,
  interview: Interview,
  { keys, user }: CheckedKeys,
  iam: ServiceTarget,
): Promise<string> {
  // Keys that could not be checked have no better way to IAM.
  const listed = user && (await listedDevices(context, { keys, iam }, interview.tell));
  const { serial } = await askForDevice<never>(interview, {
    subject: "MFA device",
    listed: listed ?? [],
    // Where IAM lists devices, it is none of them.
    guess: listed === undefined ? user?.usualDevice : undefined,
    atEnter: fault("The device's serial is needed: arn:aws:iam::123456789012:mfa/name."),
  });
  return serial;
}
