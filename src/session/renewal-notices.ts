import type { Context } from "../core/context.ts";
import { printableName } from "../core/printable.ts";
import { localTime } from "../core/time-words.ts";
import type { KeepingMeans } from "./kept-session.ts";

/** What the user is told of the session of a profile that is to be renewed. */
export function renewalNotices(
  { now, report }: Pick<Context, "now" | "report">,
  profile: string,
): Pick<KeepingMeans, "onFailure" | "onNoOther" | "onRecovery"> {
  const whose = `the session of profile ${printableName(profile)}`;
  const time = (at: Date): string => localTime(at, now());
  const again = (at: Date): string => `Trying again at ${time(at)}, and later.`;
  const tell = (...lines: readonly (string | undefined)[]): void =>
    report.say(lines.filter((line) => line !== undefined).join("\n  "));
  return {
    onFailure: ({ message, hint }, at) =>
      tell(`${whose} is not renewed: ${message}`, hint, again(at)),
    onNoOther: ({ expiration }, at) =>
      tell(`${whose} ends at ${time(expiration)}, and there is no other one yet.`, again(at)),
    onRecovery: () => tell(`${whose} is renewed.`),
  };
}
