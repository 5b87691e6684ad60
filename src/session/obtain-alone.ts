import type { Context } from "../core/context.ts";
import type { SessionRequest } from "../core/session-request.ts";
import type { Session } from "../core/session.ts";
import { waitForLock } from "../system/lock.ts";
import { lockFolder } from "../system/own-folders.ts";
import { sha256 } from "../system/sha256.ts";
import { findOrShare } from "./find-or-share.ts";
import { waitingRoom, type Patience } from "./waiting-room.ts";

/** Something that one process does while others wait for what it stores. */
export interface Work<Result> {
  /** Those who want the same of AWS have the same. */
  readonly lock: string;
  /** For the others: `asks for the MFA code for phone (profile dev)`. */
  readonly doing: string;
  readonly patience: Patience;
  readonly run: () => Promise<Result>;
}

/**
 * Takes the lock and looks into the store again, for another process may have stored the session meanwhile;
 * the work is done only where there is none.
 */
export async function obtainAlone<Result>(
  context: Context,
  request: SessionRequest,
  { lock, doing, patience, run }: Work<Result>,
): Promise<Result | { kind: "session"; session: Session }> {
  const wait = await waitForLock({
    folder: await lockFolder(context.env),
    name: sha256(lock),
    report: context.report,
    whileWaiting: waitingRoom(context, request, doing, patience),
  });
  if (wait.kind === "gave-up") return { kind: "session", session: wait.result };
  try {
    const stored = findOrShare(context, request);
    return stored === undefined ? await run() : { kind: "session", session: stored };
  } finally {
    wait.lock.release();
  }
}
