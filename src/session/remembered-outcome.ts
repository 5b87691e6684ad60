import type { Context } from "../core/context.ts";
import { ExitCode, isAwsmfaError } from "../core/errors.ts";
import { retrySeconds, troubleKind } from "../core/failure/retry.ts";
import type { Session } from "../core/session/session.ts";

/** What came of asking, for those who ask again soon. */
interface Outcome {
  readonly session: Session | undefined;
  readonly error: unknown;
  /** How many such outcomes there were in a row. */
  readonly count: number;
  /** On `performance`'s clock: the other one may be wrong. */
  readonly untilMs: number;
}

const outcomes = new Map<string, Outcome>();

/**
 * What came of asking a moment ago: the session, or a rejection with what went wrong; undefined where it is
 * time to ask. A program that gives codes itself decides by itself how often it asks for one.
 */
export function recall({ codeProvider }: Context, key: string): Promise<Session> | undefined {
  const before = outcomes.get(key);
  if (before === undefined || before.untilMs <= performance.now()) return undefined;
  if (before.session !== undefined) return Promise.resolve(before.session);
  return codeProvider === undefined ? Promise.reject(before.error) : undefined;
}

/** Remembers what comes of asking, unless the store does: `find` looks there. */
export async function remember(
  { now }: Context,
  key: string,
  asking: Promise<Session | undefined>,
  find: () => Session | undefined,
): Promise<Session | undefined> {
  const count = (outcomes.get(key)?.count ?? 0) + 1;
  const keep = (outcome: Pick<Outcome, "session" | "error">, seconds: number): void => {
    outcomes.set(key, { ...outcome, count, untilMs: performance.now() + seconds * 1000 });
  };
  try {
    const session = await asking;
    if (session === undefined || find() !== undefined) outcomes.delete(key);
    else keep({ session, error: undefined }, secondsToKeep(session, now(), count));
    return session;
  } catch (error) {
    // Who pressed ^C may want to be asked again.
    if (isAwsmfaError(error) && error.exitCode !== ExitCode.interrupted) {
      keep({ session: undefined, error }, retrySeconds(troubleKind(error), count, Math.random()));
    }
    throw error;
  }
}

/** Half of what is left; one that is over, by a wrong clock, for less and less short a time. */
function secondsToKeep({ expiration }: Session, now: Date, count: number): number {
  const left = (expiration.getTime() - now.getTime()) / 1000;
  return left > 0 ? left / 2 : retrySeconds("no-code", count, Math.random());
}
