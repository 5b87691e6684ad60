import { ExitCode } from "../core/errors.ts";
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
  return {
    kind: "failed",
    failure: noAnswer(answer === undefined, signal ?? `exit status ${code}`),
  };
}

function noAnswer(isBroken: boolean, end: string): Failure {
  const message = isBroken
    ? `the process that gets it ended unexpectedly (${end}).`
    : "its profile needs none any more.";
  // Somebody may have been asked before.
  return { code: "RenewalEnded", exitCode: ExitCode.general, message, trouble: "no-code" };
}
