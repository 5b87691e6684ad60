import { realpathSync } from "node:fs";
import { dirname } from "node:path";
import { isSwitchedOn, variable } from "../../core/environment.ts";
import { ExitCode } from "../../core/errors.ts";
import { registerSwitch } from "../../core/register/register-switch.ts";
import type { SuppliedEnvironment } from "../../core/register/supplied-environment.ts";
import { endBySignal } from "../../system/end-process.ts";
import { assign } from "./assign.ts";
import { keepFresh } from "./keep-fresh.ts";
import { suppliedAtOnce } from "./supplied-at-once.ts";
import { readSupplied, environmentNow, type Start } from "./environment-process.ts";

/**
 * Gives this program, or thread, the session of its profile before it starts, and keeps it fresh. Where there
 * is none to be had, it does not start.
 */
export function register(): void {
  const env = { ...process.env };
  if (isKeptOut(env) || isOurOwn()) return;
  const start = { env, folder: workingFolder() };
  const supplied = suppliedAtOnce(start, undefined) ?? supplyOrEnd(start);
  assign([...supplied.keys, ...supplied.settings]);
  if (supplied.expiration === undefined) return;
  // A code in a variable is good for one use.
  const { AWS_MFA_TOKEN: _used, ...later } = env;
  keepFresh({ ...start, env: later }, supplied);
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

function supplyOrEnd(start: Start): SuppliedEnvironment {
  const task = { program: process.pid, isRenewal: false, readsTerminal: false };
  const { status, signal, stdout, error } = environmentNow(start, task);
  const supplied = status === 0 ? readSupplied(stdout) : undefined;
  if (supplied !== undefined) return supplied;
  if (error !== undefined) throw error;
  if (signal !== null) endBySignal(signal);
  return process.exit(signal === null ? status || ExitCode.general : undefined);
}

function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    return "/";
  }
}
