import type { ProfileFiles } from "../../core/aws-files/profile.ts";
import type { Environment } from "../../core/environment.ts";
import { usageError } from "../../core/errors.ts";
import { printableName } from "../../core/printable.ts";
import { usualTarget } from "../../core/refresh/section-names.ts";
import type { WatchOrder } from "../../core/watch/watch-order.ts";
import { watchedProfile } from "../../core/watch/watched-profile.ts";
import type { WatchOptions } from "./watch-options.ts";

/** What each section is to get. Throws 252 where options do not fit together. */
export function watchOrders(
  options: WatchOptions,
  { env, files }: { env: Environment; files: ProfileFiles },
): WatchOrder[] {
  const { mfaSerialNumber: serial, duration, refreshLeadTime: leadTime } = options;
  // As for `aws`, an empty name is none.
  const named = (options.profile ?? []).filter(Boolean);
  const profiles = named.length > 0 ? named : [watchedProfile(env, files)];
  const targets = options.target ?? profiles.map(usualTarget);
  if (targets.length !== profiles.length) throw countError(profiles.length, targets.length);
  const twice = targets.find((target, index) => targets.indexOf(target) !== index);
  if (twice !== undefined) throw twiceError(twice);
  return profiles.map((profile, index) => {
    return { profile, target: targets[index] ?? "", serial, duration, leadTime };
  });
}

/** The same order as the arguments of a command of its own. */
export function argumentsOf(orders: readonly WatchOrder[], options: WatchOptions): string[] {
  const shared: readonly (readonly [name: string, value: string | undefined])[] = [
    ["--mfa-serial-number", options.mfaSerialNumber],
    ["--duration", options.duration],
    ["--refresh-lead-time", options.refreshLeadTime],
    ["--prompt-timeout", options.promptTimeout],
  ];
  return [
    "watch",
    // In one word: a name may begin with a hyphen.
    ...orders.map(({ profile }) => `--profile=${profile}`),
    ...orders.map(({ target }) => `--target=${target}`),
    ...shared.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`])),
    ...(options.json ? ["--json"] : []),
  ];
}

function countError(profiles: number, targets: number): Error {
  return usageError(
    `--target is given ${times(targets)}, and --profile ${times(profiles)}.`,
    "Give one --target for each --profile, in their order, or none at all.",
  );
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

function twiceError(target: string): Error {
  return usageError(
    `profile ${printableName(target)} would be written for two profiles.`,
    "Name each profile once, and each --target.",
  );
}
