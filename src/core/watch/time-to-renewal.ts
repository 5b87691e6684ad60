import { clockSeconds } from "../duration.ts";
import { secondsUntil } from "../time.ts";

/** A session that a section has got just now. */
interface Got {
  readonly expiration: Date;
  /** Whether it was asked for just now, too. */
  readonly isNew: boolean;
}

interface Lasting {
  /** For how long such a session is asked for, in seconds. */
  readonly seconds: number;
  /** How many seconds before its end it is renewed. */
  readonly leadSeconds: number;
}

/**
 * In how many seconds it is to be renewed. Where its end cannot be right by this computer's clock, that is
 * wrong and not AWS's: then it lasts as long as it was asked for. AWS itself gives less to root users alone.
 */
export function secondsToRenewal(
  { expiration, isNew }: Got,
  now: Date,
  { seconds, leadSeconds }: Lasting,
): number {
  const left = secondsUntil(expiration, now);
  const isBehind = isNew && left > seconds + clockSeconds;
  const isAhead = left <= leadSeconds;
  return (isBehind || isAhead ? seconds : left) - leadSeconds;
}
