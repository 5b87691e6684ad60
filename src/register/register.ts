import { realpathSync } from "node:fs";
import { dirname } from "node:path";
import { isSwitchedOn, variable, withoutCode } from "../core/environment.ts";
import { ExitCode } from "../core/errors.ts";
import type { RegistrarTask } from "../core/register/registrar-task.ts";
import type { ProgramSupply } from "../core/register/program-supply.ts";
import { registeredAssignments, registerSwitch } from "../core/register/registered-variables.ts";
import { sessionFrom } from "../core/session/session-text.ts";
import { endBySignal } from "../system/end-process.ts";
import { errorCode } from "../system/error-code.ts";
import { ownContext } from "../system/own-context.ts";
import { workingFolder } from "../system/working-folder.ts";
import { askRegistrarNow, type Asked, type ProgramStart } from "./ask-registrar.ts";
import { assign } from "./assign.ts";
import { keepRegistered } from "./keep-registered.ts";
import { storedAtOnce } from "./stored-at-once.ts";

/**
 * Gives this program, or thread, the session of its profile before it starts, and keeps it fresh. Where there
 * is none to be had, it does not start.
 */
export function register(): void {
  const env = { ...process.env };
  // The SDK takes an empty name for none, unlike the AWS CLI: it would use [default] without a session.
  if (env["AWS_PROFILE"] === "") delete env["AWS_PROFILE"];
  if (isKeptOut(env) || isOurOwn()) return;
  const start = { env, folder: workingFolder() };
  const supply = storedAtOnce(start, undefined) ?? askOrEnd(start);
  assign(supply.settings);
  if (supply.kind === "settings") return;
  assign(registeredAssignments(sessionFrom(supply.session)));
  keepRegistered({ ...start, env: withoutCode(env) }, supply);
}

function isKeptOut(env: NodeJS.ProcessEnv): boolean {
  return variable(env, registerSwitch) !== undefined && !isSwitchedOn(env, registerSwitch);
}

/** Whether this is awsmfa itself, started where `NODE_OPTIONS` names us. */
function isOurOwn(): boolean {
  try {
    return dirname(realpathSync(process.argv[1] ?? "")) === __dirname;
  } catch {
    return false;
  }
}

/** What went wrong has been said by the process that was asked. */
function askOrEnd(start: ProgramStart): ProgramSupply {
  const task = { program: process.pid, isRenewal: false, isQuiet: false, readsTerminal: false };
  const { answer, code, signal } = ask(start, task);
  if (answer !== undefined && answer.kind !== "failed") return answer;
  if (signal !== null) endBySignal(signal);
  if (code === 0) {
    ownContext(start.env).report.say(
      "the process that gets the session of this program ended without a word: was awsmfa, or Node.js, removed or updated?",
    );
  }
  return process.exit(signal === null ? code || ExitCode.general : undefined);
}

/** Node's own permissions may forbid it, too. */
function ask(start: ProgramStart, task: RegistrarTask): Asked {
  try {
    return askRegistrarNow(start, task);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    const code = errorCode(error);
    const hint = code === "ERR_ACCESS_DENIED" ? "\n  Give --allow-child-process to Node.js." : "";
    ownContext(start.env).report.say(
      `the process that gets the session of this program could not be started (${code}).${hint}`,
    );
    return { answer: undefined, code: ExitCode.general, signal: null };
  }
}
