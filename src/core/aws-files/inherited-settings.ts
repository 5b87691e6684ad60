import { printable } from "../printable.ts";
import { withoutUserInfo } from "../service/service-target.ts";
import type { Profile } from "./profile.ts";

const inherited = [
  "region",
  "output",
  "endpoint_url",
  "services",
  "ca_bundle",
  "use_fips_endpoint",
  "use_dualstack_endpoint",
] as const;

/** A setting that a profile is to get from another one. */
export interface InheritedSetting {
  readonly key: (typeof inherited)[number];
  readonly value: string;
}

/** Whether a key is none of those. */
export function isNotInherited(key: string): boolean {
  return !(inherited as readonly string[]).includes(key);
}

/** A setting as it is shown: without the name and password that a URL may hold. */
export function settingWords({ key, value }: { key: string; value: string }): string {
  return `${key} = ${printable(key === "endpoint_url" ? withoutUserInfo(value) : value)}`;
}

/** What `aws` finds in the profile that people work with, and would miss in the one with the long-term keys. */
export function inheritedSettings(
  profile: Profile | undefined,
  other: Profile | undefined,
): InheritedSetting[] {
  return inherited.flatMap((key) => {
    const value = other?.setting(key) ?? "";
    const fits = value !== "" && !/\p{Cc}/u.test(value);
    return fits && !profile?.setting(key) ? [{ key, value }] : [];
  });
}
