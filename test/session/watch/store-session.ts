import { readAwsFiles } from "../../../src/aws/files/profiles.ts";
import { planWatch } from "../../../src/core/watch/plan-watch.ts";
import { saveSession } from "../../../src/session/save-session.ts";
import { silentReport } from "../../support/silent-report.ts";
import { usualOrder } from "./simulated-world.ts";

/** Lets the store of a home know a session as one of profile dev and its device. */
export function storeSession(home: string, accessKeyId: string, now: Date, expiration: Date): void {
  const env = { HOME: home };
  const { request } = planWatch(usualOrder, { env, files: readAwsFiles(env).files });
  const session = { accessKeyId, secretAccessKey: "s", sessionToken: "t", expiration };
  saveSession({ env, now: () => now, report: silentReport }, request, session);
}
