import { settingWords } from "../aws-files/inherited-settings.ts";
import { printable } from "../printable.ts";
import { deviceFault, deviceName } from "../request/mfa-device.ts";
import type { SectionMigration } from "./migration.ts";

/** The lines that show a plan: a section each, and below it what it is to get. */
export function describeMigration(plan: readonly SectionMigration[]): string[] {
  return plan.flatMap((one) => {
    const { name, tool } = one.section;
    const header = `  [${printable(name)}]   `;
    switch (one.kind) {
      case "ready":
        return [`${header}nothing to do: mfa_serial is there`, ...faultOf(one), ...difference(one)];
      case "change":
        return [
          `${header}laid out for ${tool}`,
          ...one.additions.map(
            (addition) => `    + ${settingWords(addition)}   (from ${printable(addition.from)})`,
          ),
        ];
      case "unknown-device":
        return [
          `${header}laid out for ${tool}`,
          ...(one.fault === undefined ? [] : [`    ! ${one.fault.message}`]),
          "    ? mfa_serial: not known yet (--device names it)",
        ];
    }
  });
}

function faultOf({ device }: Extract<SectionMigration, { kind: "ready" }>): string[] {
  const fault = deviceFault(device);
  return fault === undefined ? [] : [`    ! ${fault.message}`];
}

function difference({
  otherDevice,
  device,
}: Extract<SectionMigration, { kind: "ready" }>): string[] {
  if (otherDevice === undefined) return [];
  const [own, other] = [device, otherDevice].map(({ serial }) => deviceName(serial));
  return [`    ! it is ${own}, but aws_mfa_device is ${other}: both stay`];
}

/** What is looked for, where nothing of it was found. */
export const nothingLaidOut = [
  "Looked for sections with an IAM user's own keys that",
  "  - have an aws_mfa_device, or a name that ends in -long-term (aws-mfa), or",
  "  - stand beside temporary ones: [dev] beside [dev-mfa] (aws-mfa-credentials).",
];
