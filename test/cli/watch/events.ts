import type { SectionState, WatchEvent } from "../../../src/core/watch/watch-event.ts";

/** A time on the day of these tests, in UTC. */
export function at(clock: string, day = "2026-11-22"): Date {
  return new Date(`${day}T${clock.padEnd(8, ":00")}Z`);
}

/** A section with a session. */
export function kept(
  kind: "valid" | "renewed",
  expiration: Date,
  renewal: Date,
  target = "dev-mfa",
): WatchEvent {
  return { kind, target, expiration, renewal };
}

/** A section that did not get its session. */
export function trouble(more: Partial<Extract<WatchEvent, { kind: "trouble" }>> = {}): WatchEvent {
  return {
    kind: "trouble",
    target: "dev-mfa",
    code: "NoCode",
    message: "no MFA code for phone (profile dev).",
    hint: "Answer it.",
    retry: at("09:00:20"),
    ...more,
  };
}

/** How a section stands; `expiration` is undefined where it holds no session. */
export function state(
  target: string,
  expiration: Date | undefined,
  next: Date,
  isTroubled = false,
): SectionState {
  return { target, expiration, next, isTroubled };
}
