import { readdirSync } from "node:fs";
import type { Context } from "../core/context.ts";
import { AwsmfaError, ExitCode, isAwsmfaError } from "../core/errors.ts";
import { printable } from "../core/printable.ts";
import {
  environmentFileName,
  profileFileName,
  requestFileName,
} from "../core/session/session-file-name.ts";
import { mfaRequestOf, requestKey, type SessionRequest } from "../core/request/session-request.ts";
import { errorCode } from "../system/error-code.ts";
import { sessionStorePath } from "../system/paths.ts";
import { sha256 } from "../system/sha256.ts";

/** The names of everything in the store, whatever it is; none where it cannot be read. */
export function storedNames(context: Context): string[] {
  try {
    return listStore(context);
  } catch (error) {
    if (!isAwsmfaError(error)) throw error;
    context.report.debug(error.message);
    return [];
  }
}

/** The same; throws 255 where the store cannot be read. A missing one is empty. */
export function listStore({ env }: Context): string[] {
  const folder = sessionStorePath(env);
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    const why = errorCode(error);
    if (why === "ENOENT") return [];
    throw new AwsmfaError(`the session store ${printable(folder)} cannot be read (${why}).`, {
      code: "UnreadableStore",
      exitCode: ExitCode.general,
      hint: "It must be a folder of yours, with mode 700.",
      cause: error,
    });
  }
}

/** The file in the store that holds this request's session. */
export function sessionFileName(request: SessionRequest): string {
  const { profile } = request;
  if (profile === undefined) {
    const { base } = mfaRequestOf(request);
    return environmentFileName(base.kind === "long-term" ? base.accessKeyId : base.command, sha256);
  }
  const seconds = request.kind === "mfa" ? request.seconds : undefined;
  if (request.kind === "mfa" && request.own && seconds === undefined) {
    return profileFileName(profile.name, sha256);
  }
  // One that is asked for by the second must not take the place of one that lasts for longer.
  const key = seconds === undefined ? requestKey(request) : `${requestKey(request)} ${seconds}`;
  return requestFileName(request.kind, profile.name, key, sha256);
}
