import { whyPassThrough } from "../../core/plan/describe-plan.ts";
import type { PassThrough } from "../../core/plan/plan.ts";
import { printableName } from "../../core/printable.ts";
import type { ActiveSession, ActiveState } from "../../session/active-session.ts";
import { shorten } from "../fit-text.ts";
import type { Look } from "../look.ts";
import { localTime } from "../../core/time-words.ts";

/** How things stand for the active profile, in one sentence. */
export function describeActive({ profile, state }: ActiveSession, now: Date, look: Look): string {
  const owner =
    profile === undefined ? "Keys of the environment" : shortProfileWords(profile, look);
  const subject = owner.replace(/^p/, "P");
  return `${subject} (active): ${describeState(state, profile, now, look)}`;
}

function describeState(
  state: ActiveState,
  profile: string | undefined,
  now: Date,
  look: Look,
): string {
  switch (state.kind) {
    case "usable":
      return describeUsable(state, profile, now, look);
    case "assumable": {
      const { owner, expiration } = state;
      const source =
        owner === undefined ? "a stored session" : `that of ${shortProfileWords(owner, look)}`;
      const until = localTime(expiration, now);
      return `no usable role session; the next aws command gets one with ${source} (until ${until}).`;
    }
    case "missing":
      return "no usable session; the next aws command asks for a code.";
    case "expired":
      return "its session has expired, or is about to; awsmfa refresh renews it.";
    case "spent":
      return "the environment holds a session that is near its end; awsmfa unsets takes it out.";
    case "refused":
      return `no session; ${state.error.message} ${state.error.hint ?? ""}`.trimEnd();
    case "not-due":
      return describeReason(state.plan);
  }
}

function describeUsable(
  { from, owner, expiration }: ActiveState & { kind: "usable" },
  profile: string | undefined,
  now: Date,
  look: Look,
): string {
  const until = `until ${localTime(expiration, now)}`;
  const whose = owner === undefined ? undefined : shortProfileWords(owner, look);
  if (from === "environment") return `session ${until}, held by the environment.`;
  if (from === "credentials-file") return `session ${until}, in the credentials file.`;
  const isShared = whose !== undefined && owner !== profile;
  return isShared ? `session ${until}, shared with ${whose}.` : `session ${until}.`;
}

function describeReason(plan: PassThrough): string {
  const what = plan.reason === "no-serial" ? "no MFA configured" : "no MFA session";
  return `${what}; ${whyPassThrough(plan)}.`;
}

/** A profile's name for a sentence, no longer than half a line. */
export function shortProfileWords(profile: string, look: Look): string {
  return `profile ${shorten(printableName(profile), Math.floor(look.width / 2), look)}`;
}
