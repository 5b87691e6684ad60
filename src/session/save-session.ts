import type { Context } from "../core/context.ts";
import { printable } from "../core/printable.ts";
import { formatSessionFile } from "../core/session/session-file.ts";
import { mfaRequestOf, storedRole, type SessionRequest } from "../core/request/session-request.ts";
import { replacedBy, type Session, type StoredSession } from "../core/session/session.ts";
import { errorCode } from "../system/error-code.ts";
import { sessionStorePath } from "../system/paths.ts";
import { writePrivateFile } from "../system/write-private-file.ts";
import { sessionFileName } from "./names-in-store.ts";
import { readSession } from "./store.ts";

/** Stores a session for the next call. Where that fails the user is told, and nothing else is lost. */
export function saveSession(context: Context, request: SessionRequest, session: Session): void {
  const name = sessionFileName(request);
  const issued = context.now();
  const stored: StoredSession = {
    issued,
    ...session,
    identity: mfaRequestOf(request).identity,
    profile: request.profile?.name,
    role: storedRole(request),
    replaced: replacedBy(session, readSession(context, name), issued),
  };
  const folder = sessionStorePath(context.env);
  try {
    writePrivateFile(folder, name, formatSessionFile(stored));
  } catch (error) {
    context.report.sayOnce(
      `the session could not be stored in ${printable(folder)} (${errorCode(error)}): ` +
        "the next command will ask again.",
    );
  }
}

/** Leaves word that it is tried to replace a session early; false where that cannot be, or has been done. */
export function noteRenewal(
  context: Context,
  request: SessionRequest,
  stored: StoredSession,
): boolean {
  const name = sessionFileName(request);
  const present = readSession(context, name);
  if (present?.accessKeyId !== stored.accessKeyId) return false;
  if (present.renewalTried?.getTime() !== stored.renewalTried?.getTime()) return false;
  const noted = { ...present, renewalTried: context.now() };
  try {
    writePrivateFile(sessionStorePath(context.env), name, formatSessionFile(noted));
    return true;
  } catch (error) {
    context.report.debug(`${name} could not be written (${errorCode(error)})`);
    return false;
  }
}
