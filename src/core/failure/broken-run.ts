import { ExitCode } from "../errors.ts";
import type { Failure } from "./failure.ts";

/** That a process of ours ended before it told how it went. */
export function brokenRun(fault: string): Failure {
  return {
    code: "RenewalEnded",
    exitCode: ExitCode.general,
    message: `the process that renews it ended unexpectedly (${fault}).`,
    hint: /^E[A-Z]+$/.test(fault)
      ? "The system could not begin it: see its limits (processes, open files, memory)."
      : "Was awsmfa, or Node.js, updated or removed meanwhile? Start this one again.",
    // Somebody may have been asked before.
    trouble: "no-code",
  };
}
