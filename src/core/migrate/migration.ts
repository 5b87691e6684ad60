import type { SectionChanges } from "../aws-files/section-changes.ts";
import { inheritedSettings, type InheritedSetting } from "../aws-files/inherited-settings.ts";
import type { Profile, ProfileFiles } from "../aws-files/profile.ts";
import type { AwsmfaError } from "../errors.ts";
import { deviceFault, deviceOfProfile, type MfaDevice } from "../request/mfa-device.ts";
import type { LaidOutSection } from "./laid-out-sections.ts";

/** A key that a section is to get. */
export interface Addition {
  readonly key: "mfa_serial" | InheritedSetting["key"];
  readonly value: string;
  /** Where the value is from: a setting, or a profile. */
  readonly from: string;
}

/** What `session` needs of a section. */
export type SectionMigration =
  | {
      readonly kind: "ready";
      readonly section: LaidOutSection;
      readonly device: MfaDevice;
      /** What the other tool uses instead. */
      readonly otherDevice: MfaDevice | undefined;
    }
  | {
      readonly kind: "change";
      readonly section: LaidOutSection;
      readonly additions: readonly Addition[];
    }
  | {
      readonly kind: "unknown-device";
      readonly section: LaidOutSection;
      /** What is wrong with its `aws_mfa_device`. */
      readonly fault: AwsmfaError | undefined;
    };

/** Devices by access key id: whatever the section, keys of one user take that user's devices. */
export type DevicesOfKeys = ReadonlyMap<string, MfaDevice>;

/** Decides for each section; devices that are named by no file are given. */
export function planMigration(
  sections: readonly LaidOutSection[],
  files: ProfileFiles,
  devices: DevicesOfKeys,
): SectionMigration[] {
  return sections.flatMap((section) => {
    const profile = files.find(section.name);
    return profile === undefined ? [] : [planSection(section, profile, files, devices)];
  });
}

/** What the credentials file is to get, by section. */
export function changesOf(plan: readonly SectionMigration[]): ReadonlyMap<string, SectionChanges> {
  const changed = plan.filter((one) => one.kind === "change");
  return new Map(
    changed.map(({ section, additions }) => [
      section.name,
      new Map(additions.map(({ key, value }) => [key, value])),
    ]),
  );
}

/** The sections for which no device is known. */
export function withoutDevice(plan: readonly SectionMigration[]): LaidOutSection[] {
  return plan.filter(({ kind }) => kind === "unknown-device").map(({ section }) => section);
}

function planSection(
  section: LaidOutSection,
  profile: Profile,
  files: ProfileFiles,
  devices: DevicesOfKeys,
): SectionMigration {
  const present = deviceOfProfile(profile);
  const own = deviceOfProfile(profile, "aws_mfa_device");
  if (present !== undefined) {
    const differs = own !== undefined && own.serial !== present.serial;
    return {
      kind: "ready",
      section,
      device: present,
      otherDevice: differs ? own : undefined,
    };
  }
  const fault = own && deviceFault(own);
  const device = own !== undefined && fault === undefined ? own : devices.get(section.accessKeyId);
  if (device === undefined) return { kind: "unknown-device", section, fault };
  const serial: Addition = { key: "mfa_serial", value: device.serial, from: device.setting };
  const { shortTerm = section.name } = section;
  const inherited = inheritedSettings(profile, files.find(shortTerm));
  const from = `profile ${shortTerm}`;
  const additions = [serial, ...inherited.map(({ key, value }) => ({ key, value, from }))];
  return { kind: "change", section, additions };
}
