import { isSwitchedOn } from "../../core/environment.ts";
import type { SuppliedEnvironment } from "../../core/register/supplied-environment.ts";
import { storedEnvironment } from "../../session/supply-environment.ts";
import { stderrReport } from "../../system/report.ts";
import type { Start } from "./environment-process.ts";

/** What is there already; undefined where that takes somebody, or AWS, or what is wrong is to be said. */
export function suppliedAtOnce(
  { env, folder }: Start,
  profile: string | undefined,
): SuppliedEnvironment | undefined {
  try {
    // Paths in the environment are meant from there.
    if (process.cwd() !== folder) return undefined;
    const report = stderrReport({ debugging: isSwitchedOn(env, "AWS_MFA_DEBUG") });
    return storedEnvironment({ env, now: () => new Date(), report }, profile);
  } catch {
    return undefined;
  }
}
