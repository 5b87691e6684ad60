import type { Profile } from "./profile.ts";

/** A setting that a profile is to get from another one. */
export interface InheritedSetting {
  readonly key: "region" | "output";
  readonly value: string;
}

/** What `aws` finds in the profile that people work with, and would miss in the one with the long-term keys. */
export function inheritedSettings(
  profile: Profile | undefined,
  other: Profile | undefined,
): InheritedSetting[] {
  return (["region", "output"] as const).flatMap((key) => {
    const value = other?.setting(key) ?? "";
    const fits = value !== "" && !/\p{Cc}/u.test(value);
    return fits && !profile?.setting(key) ? [{ key, value }] : [];
  });
}
