import { variable, type Environment } from "./environment.ts";
import { configurationError } from "./errors.ts";
import { printable } from "./printable.ts";

/** Bounds and default of `DurationSeconds` for GetSessionToken, in seconds (STS API reference). */
export const sessionSeconds = { least: 900, most: 129_600, default: 43_200 } as const;

/** By a clock that is behind AWS's a session lasts for longer than it was asked for, in seconds. */
export const clockSeconds = 300;

/**
 * With less than that left a program may outlive its session, in seconds: botocore renews the sessions that it
 * has made itself that early, and those that it is given.
 */
export const earlySeconds = 900;

const defaultMinimumSeconds = 300;
const defaultLockSeconds = 120;

/** `AWS_MFA_TTL`: for how many seconds a session is asked. Throws 253 outside 900–129600. */
export function requestedSeconds(env: Environment): number {
  const { least, most } = sessionSeconds;
  return wholeNumber(env, "AWS_MFA_TTL", sessionSeconds.default, least, most);
}

/** `AWS_MFA_MIN_TTL`: how many seconds a stored session must have left to be used; else `usual`. */
export function minimumSeconds(env: Environment, usual = defaultMinimumSeconds): number {
  return wholeNumber(env, "AWS_MFA_MIN_TTL", usual, 0, sessionSeconds.most);
}

/** `AWS_MFA_LOCK_TIMEOUT`: for how many seconds to wait for another process that asks for the code. */
export function lockTimeoutSeconds(env: Environment): number {
  return wholeNumber(env, "AWS_MFA_LOCK_TIMEOUT", defaultLockSeconds, 0, 86_400);
}

function wholeNumber(
  env: Environment,
  name: string,
  fallback: number,
  least: number,
  most: number,
): number {
  const text = variable(env, name);
  return text === undefined ? fallback : wholeSeconds(name, text, { least, most });
}

/** A number of seconds that a setting gives. Throws 253 for anything else, and outside these bounds. */
export function wholeSeconds(
  setting: string,
  text: string,
  { least, most }: { least: number; most: number },
): number {
  const trimmed = text.trim();
  const value = /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw configurationError(
    "InvalidDuration",
    `${setting} is "${printable(trimmed)}"; it takes whole seconds from ${least} to ${most}.`,
  );
}
