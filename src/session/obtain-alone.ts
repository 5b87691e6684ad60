import type { Context } from "../core/context.ts";
import type { SessionRequest } from "../core/request/session-request.ts";
import type { Session } from "../core/session/session.ts";
import type { Holder } from "../system/lock-attempt.ts";
import { waitForLock } from "../system/lock.ts";
import { lockFolder } from "../system/own-folders.ts";
import type { Patience } from "../system/patience.ts";
import { sha256 } from "../system/sha256.ts";
import { findOrShare } from "./find-or-share.ts";
import { waitingRoom } from "./waiting-room.ts";

/** Something that one process does while others wait for what it stores. */
interface Work<Result> {
  /** Those who must not do it at once have the same. */
  readonly lock: string;
  /** For the others: `asks for a code of phone`. */
  readonly doing: string;
  readonly patience: Patience;
  readonly run: () => Promise<Result>;
  /** Whether a holder that gives way is to: this one can get on without it. */
  readonly wantsWay?: boolean;
  /** What to do where the patience ends. */
  readonly tooLong: (holder: Holder) => Promise<Result>;
}

/**
 * Takes the lock and looks into the store again, for another process may have stored the session meanwhile;
 * the work is done only where there is none.
 */
export async function obtainAlone<Result>(
  context: Context,
  request: SessionRequest,
  { lock, doing, patience, wantsWay = false, run, tooLong }: Work<Result>,
): Promise<Result | { kind: "session"; session: Session }> {
  const wait = await waitForLock(await lockFolder(context.env), sha256(lock), {
    report: context.report,
    whileWaiting: waitingRoom(context, request, { doing, patience, wantsWay }),
    givesWay: context.givesWay !== undefined,
  });
  if (wait.kind === "gave-up") {
    return wait.result.kind === "session" ? wait.result : tooLong(wait.result.holder);
  }
  try {
    const stored = findOrShare(context, request);
    return stored === undefined ? await run() : { kind: "session", session: stored };
  } finally {
    wait.lock.release();
  }
}
