import { clockSeconds } from "../duration.ts";
import { secondsUntil } from "../time.ts";
import { later, type Moment } from "./deadline.ts";

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

/** What AWS gives a root user, whatever it is asked for, in seconds. */
const rootSeconds = 3600;

/**
 * When it is to be renewed. Where its end cannot be right by this computer's clock, that is wrong and not
 * AWS's: then it lasts as long as it was asked for. AWS itself gives less to root users alone.
 */
export function renewalDeadline(
  { expiration, isNew }: Got,
  { time, elapsedMs }: Moment,
  { seconds, leadSeconds }: Lasting,
): Moment {
  const left = secondsUntil(expiration, time);
  const isOfRoot = isNew && Math.abs(left - rootSeconds) <= clockSeconds;
  if (isOfRoot && left <= leadSeconds) return later({ time, elapsedMs }, (left / 2) * 1000);
  const isAhead = left <= leadSeconds;
  const isBehind = isNew && left > seconds + clockSeconds;
  const ms = ((isAhead || isBehind ? seconds : left) - leadSeconds) * 1000;
  // A clock that is behind may be put right, and agree with AWS then; by one that is ahead it is over now.
  const end = isAhead ? time.getTime() + ms : expiration.getTime() - leadSeconds * 1000;
  return { time: new Date(end), elapsedMs: elapsedMs + ms };
}
