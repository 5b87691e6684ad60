import type { Context } from "../core/context.ts";
import { ExitCode, isAwsmfaError } from "../core/errors.ts";
import type { SessionRequest } from "../core/request/session-request.ts";
import type { FoundSession, Session } from "../core/session/session.ts";
import { formatTime } from "../core/time.ts";
import { canAsk } from "./code-question.ts";
import { isAging, takesNoCode } from "./aging.ts";
import { obtainSession } from "./obtain-session.ts";
import { renewEarly } from "./renew-early.ts";
import { unfitFrom } from "./renewal.ts";
import { noteRenewal, saveSession } from "./save-session.ts";
import { findSharedSession } from "./store.ts";

/**
 * Another session before this one ends: one that has another name in the store, else a new one, with a code
 * where it takes one. Undefined where nobody can be asked, where others are at it, and where it fails: this one
 * will do a little longer. Throws 130 after ^C.
 */
export async function renewInTime(
  context: Context,
  request: SessionRequest,
  stored: FoundSession,
): Promise<Session | undefined> {
  const wanted = { ...request, unfit: unfitFrom(context, stored) };
  const shared = sharedInstead(context, wanted);
  if (shared !== undefined) return shared;
  const takesCode = request.kind === "mfa" || request.takesCode;
  if (!takesCode && takesNoCode(context, request.source))
    return renewEarly(context, request, stored);
  // Noted first: others go on with the session that is there meanwhile.
  if (!canAsk(context, request) || !noteRenewal(context, request, stored)) return undefined;
  try {
    const obtained = await obtainSession(context, wanted);
    return obtained.kind === "session" ? obtained.session : undefined;
  } catch (error) {
    context.report.say(
      `${whyNot(context, error)}\n  The session that is there goes on until ${formatTime(stored.expiration)}.`,
    );
    return undefined;
  }
}

function sharedInstead(context: Context, wanted: SessionRequest): Session | undefined {
  const shared = findSharedSession(context, wanted);
  if (shared === undefined || isAging(context, shared)) return undefined;
  saveSession(context, wanted, shared);
  return shared;
}

/** Why there is no other session, for the user. Throws what ends more than that. */
function whyNot({ codeProvider }: Context, error: unknown): string {
  if (isAwsmfaError(error) && error.exitCode !== ExitCode.interrupted) return error.message;
  // What the program throws that is to give a code: its window was closed, say.
  if (!isAwsmfaError(error) && codeProvider !== undefined) return "the program gave no code.";
  throw error;
}
