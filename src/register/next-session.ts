import { ExitCode } from "../core/errors.ts";
import { brokenRun } from "../core/failure/broken-run.ts";
import type { Failure } from "../core/failure/failure.ts";
import type { RegistrarTask } from "../core/register/registrar-task.ts";
import { sessionFrom } from "../core/session/session-text.ts";
import type { SupplyOutcome } from "../session/supply-outcome.ts";
import { askRegistrar, type ProgramStart } from "./ask-registrar.ts";
import { readsTerminal } from "./reads-terminal.ts";

/** Asks for a session while the program goes on. */
export async function nextSession(
  start: ProgramStart,
  wanted: Pick<RegistrarTask, "profile" | "isQuiet">,
): Promise<SupplyOutcome> {
  const { answer, code, signal } = await askRegistrar(start, {
    ...wanted,
    program: process.pid,
    isRenewal: true,
    readsTerminal: readsTerminal(),
  });
  if (answer?.kind === "failed") return answer;
  if (answer?.kind === "session") {
    return { kind: "supplied", session: sessionFrom(answer.session) };
  }
  const failure = answer === undefined ? brokenRun(signal ?? `exit status ${code}`) : needsNone;
  return { kind: "failed", failure };
}

const needsNone: Failure = {
  code: "RenewalEnded",
  exitCode: ExitCode.general,
  message: "its profile needs none any more.",
  trouble: "no-code",
};
