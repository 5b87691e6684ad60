import { readProfileFiles } from "../aws/files/profiles.ts";
import type { Context } from "../core/context.ts";
import type { Surroundings } from "../core/plan/plan-credentials.ts";
import { exportedSession } from "./exported-session.ts";

/** What credentials are planned from. Throws 253 where an AWS file cannot be read. */
export function surroundingsOf(context: Context): Surroundings {
  return {
    env: context.env,
    files: readProfileFiles(context.env),
    exportedSession: (accessKeyId) => exportedSession(context, accessKeyId),
  };
}
