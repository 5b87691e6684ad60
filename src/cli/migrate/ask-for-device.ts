import type { Context } from "../../core/context.ts";
import type { LaidOutSection } from "../../core/migrate/laid-out-sections.ts";
import { lastFour, printable } from "../../core/printable.ts";
import { deviceFault, deviceName, type MfaDevice } from "../../core/request/mfa-device.ts";
import { askOnTerminal } from "../../mfa/ask-on-terminal.ts";

/**
 * Asks on the terminal for the device of a section's user, until it can be one; Enter alone takes the first
 * of those that IAM lists. Undefined where the section is to be left out. Throws 130 after ^C.
 */
export async function askForDevice(
  { report }: Context,
  section: LaidOutSection,
  listed: readonly MfaDevice[],
): Promise<MfaDevice | undefined> {
  if (listed.length > 1) report.say(`IAM lists ${listed.map(nameOf).join(" and ")}: any will do.`);
  for (;;) {
    const answer = (await askOnTerminal(question(section, listed[0])))?.trim();
    if (answer === undefined) return undefined;
    if (answer === "") return listed[0];
    const device = listed.find((one) => nameOf(one) === answer) ?? typed(answer);
    const fault = deviceFault(device);
    if (fault === undefined) return device;
    report.say(`${fault.message}\n  ${fault.hint}`);
  }
}

function question({ name, accessKeyId }: LaidOutSection, device: MfaDevice | undefined): string {
  const whose = `MFA device of [${printable(name)}], key ${lastFour(accessKeyId)}`;
  const otherwise =
    device === undefined ? "(Enter leaves it out)" : `[${printable(device.serial)}]`;
  return `${whose} ${otherwise}: `;
}

function typed(serial: string): MfaDevice {
  return { serial, setting: "the terminal", profile: undefined };
}

function nameOf({ serial }: MfaDevice): string {
  return deviceName(serial);
}
