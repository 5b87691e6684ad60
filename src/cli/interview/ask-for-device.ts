import { printable } from "../../core/printable.ts";
import { deviceFault, deviceName, type MfaDevice } from "../../core/request/mfa-device.ts";
import { fault, ok, type Interview, type Reading } from "./interview.ts";

/** Which device is asked for. */
export interface DeviceQuestion<None> {
  /** What the question begins with: `MFA device`. */
  readonly subject: string;
  /** Those that IAM lists: the only one is offered, several are shown with numbers. */
  readonly listed: readonly MfaDevice[];
  /** The serial that is offered where IAM lists none. */
  readonly guess?: string | undefined;
  /** What Enter means where nothing is offered: that there is none, or that one is needed. */
  readonly atEnter: Reading<None>;
}

/** Asks for a device until it can be one: by its serial or, where IAM lists it, by its number or name. */
export function askForDevice<None>(
  { tell, ask }: Interview,
  question: DeviceQuestion<None>,
): Promise<MfaDevice | None> {
  const { subject, listed, guess, atEnter } = question;
  const numbered = listed.length > 1 ? listed : [];
  const offered = listed.length > 1 ? undefined : (listed[0]?.serial ?? guess);
  if (numbered.length > 0) tell("MFA devices of this user:");
  for (const [index, { serial }] of numbered.entries())
    tell(`  ${index + 1}  ${printable(serial)}`);
  return ask<MfaDevice | None>(`${subject}${answers(question, offered)}: `, (answer) => {
    const meant = answer || offered;
    if (meant === undefined) return atEnter;
    const chosen = /^\d{1,2}$/.test(meant) ? numbered[Number(meant) - 1] : undefined;
    return readDevice(chosen ?? listed.find(isCalled(meant)) ?? typed(meant));
  });
}

function answers(
  { listed, atEnter }: DeviceQuestion<unknown>,
  offered: string | undefined,
): string {
  if (offered !== undefined) return ` [${printable(offered)}]`;
  const ways = [
    ...(listed.length > 0 ? ["number or serial"] : []),
    ...(atEnter.kind === "ok" ? ["Enter leaves it out"] : []),
  ];
  return ways.length === 0 ? "" : ` (${ways.join("; ")})`;
}

function isCalled(text: string): (device: MfaDevice) => boolean {
  return ({ serial }) => serial === text || deviceName(serial) === text;
}

function typed(serial: string): MfaDevice {
  return { serial, setting: "the terminal", profile: undefined };
}

function readDevice(device: MfaDevice): Reading<MfaDevice> {
  // Nobody needs to be told where it was typed.
  const error = deviceFault({ ...device, setting: "That" });
  return error === undefined ? ok(device) : fault(`${error.message} ${error.hint}`);
}
