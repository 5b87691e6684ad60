import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "../core/context.ts";
import { sessionStorePath } from "../system/paths.ts";
import { errorCode } from "../system/error-code.ts";
import { storedSessions, type NamedSession } from "./store.ts";

/** For so long after its end a shell that holds a role's session may still be recognised, in milliseconds. */
const rememberedMs = 86_400_000;

/** Drops a session, under every name that it has in the store: AWS accepts it no more. */
export function forgetSession(context: Context, accessKeyId: string): void {
  forgetWhere(context, (found) => found.accessKeyId === accessKeyId);
}

/** A role asked for in ever new ways, such as with a session name for every job, would fill the store. */
export function forgetSpentRoles(context: Context): void {
  const before = context.now().getTime() - rememberedMs;
  forgetWhere(
    context,
    ({ role, expiration }) => role !== undefined && expiration.getTime() < before,
  );
}

function forgetWhere(context: Context, isMeant: (found: NamedSession) => boolean): void {
  for (const { name } of storedSessions(context).filter(isMeant)) {
    try {
      rmSync(join(sessionStorePath(context.env), name));
    } catch (error) {
      context.report.debug(`${name} could not be removed (${errorCode(error)})`);
    }
  }
}
