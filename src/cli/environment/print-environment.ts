import type { Context } from "../../core/context.ts";
import { isSwitchedOn, variable, type Environment } from "../../core/environment.ts";
import { ExitCode } from "../../core/errors.ts";
import type { EnvironmentTask } from "../../core/register/environment-task.ts";
import { hasDisplay } from "../../mfa/choose-prompt.ts";
import { supplyEnvironment } from "../../session/supply-environment.ts";
import { guardProcess } from "../../system/guard-process.ts";
import { wayPlease } from "../../system/lock-holder.ts";
import { stderrReport } from "../../system/report.ts";
import { writeAll } from "../../system/write-all.ts";
import { reportWhereAsked } from "../credential-process/report-where-asked.ts";
import { reportFailure } from "../report-failure.ts";

/** How often to see whether the program is still there, in milliseconds. */
const lookMs = 500;

/** Asks for the session of a program that is registered with us, and prints what it gets. */
export async function printEnvironment(text: string | undefined, env: Environment): Promise<void> {
  const task = JSON.parse(text ?? "") as EnvironmentTask;
  const report = reportWhereAsked(stderrReport({ debugging: isSwitchedOn(env, "AWS_MFA_DEBUG") }));
  const way = new AbortController();
  // Given way to somebody else, there is nothing to say: the program finds the session in the store.
  const context: Context = {
    env: task.readsTerminal ? besidesTerminal(env) : env,
    now: () => new Date(),
    report: { ...report, say: (said) => way.signal.aborted || report.say(said) },
    ...(task.isRenewal && { givesWay: way.signal }),
  };
  guardProcess();
  endWith(task.program);
  if (task.isRenewal) process.on(wayPlease, () => way.abort("another awsmfa asks for the code"));
  try {
    writeAll(1, JSON.stringify(await supplyEnvironment(context, task.profile)));
  } catch (error) {
    if (way.signal.aborted) process.exitCode = ExitCode.general;
    else reportFailure(error, context);
  }
}

/** Also where the program is killed: what it waits for would be asked in vain. */
function endWith(program: number): void {
  setInterval(() => {
    if (process.ppid !== program) process.kill(process.pid, "SIGTERM");
  }, lookMs).unref();
}

/** What is typed on the terminal is meant for the program. */
function besidesTerminal(env: Environment): Environment {
  if (variable(env, "AWS_MFA_PROMPT") !== undefined) return env;
  return { ...env, AWS_MFA_PROMPT: hasDisplay(env) ? "askpass" : "none" };
}
