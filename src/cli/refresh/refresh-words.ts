import { printableName } from "../../core/printable.ts";
import { secondsUntil } from "../../core/time.ts";
import { durationWords, localTimeWithOffset } from "../../core/time-words.ts";

/** That nothing is to be done, and for how long. */
export function validWords(section: string, expiration: Date, now: Date): string {
  const left = durationWords(secondsUntil(expiration, now));
  const end = localTimeWithOffset(expiration);
  return `the session of profile ${printableName(section)} is still valid for ${left}, until ${end}.`;
}

/** That it is done, and for how long. */
export function expiryWords(section: string, expiration: Date, now: Date): string {
  const left = Math.round(secondsUntil(expiration, now));
  const end = localTimeWithOffset(expiration);
  if (left <= 0) {
    return `profile ${printableName(section)} is written, but over by this computer's clock (${end}): set the clock.`;
  }
  return `profile ${printableName(section)} is valid for ${left} seconds, until ${end}.`;
}
