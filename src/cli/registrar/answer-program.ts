import type { Context, Report } from "../../core/context.ts";
import { variable, type Environment } from "../../core/environment.ts";
import { isAwsmfaError, usageError } from "../../core/errors.ts";
import { failureOf } from "../../core/failure/failure.ts";
import type { ProgramAnswer } from "../../core/register/program-supply.ts";
import type { RegistrarTask } from "../../core/register/registrar-task.ts";
import { hasDisplay } from "../../mfa/choose-prompt.ts";
import { supplyProgram } from "../../session/supply-program.ts";
import { guardProcess } from "../../system/guard-process.ts";
import { wayWanted } from "../../system/lock-holder.ts";
import { ownContext } from "../../system/own-context.ts";
import { writeAll } from "../../system/write-all.ts";
import { backgroundPatienceSeconds } from "../apart/background-patience.ts";
import { reportFailure } from "../report-failure.ts";
import { reportWhereAsked } from "../report-where-asked.ts";

/** How often to see whether the program is still there, in milliseconds. */
const lookMs = 500;

/** The descriptor on which the answer is awaited. */
const answerDescriptor = 3;

/** Gets the session of a program that is registered with us. */
export async function answerProgram(text: string | undefined, env: Environment): Promise<void> {
  const own = ownContext(env);
  const context: Context = { ...own, report: reportWhereAsked(own.report) };
  guardProcess();
  try {
    const task = taskFrom(text);
    endWith(task.program);
    const answer = await (task.isRenewal
      ? renew(context, task)
      : supplyProgram(context, task.profile));
    writeAll(answerDescriptor, JSON.stringify(answer));
  } catch (error) {
    reportFailure(error, context);
  }
}

function taskFrom(text: string | undefined): RegistrarTask {
  if (text !== undefined) return JSON.parse(text) as RegistrarTask;
  throw usageError(
    "only awsmfa/register runs this.",
    "Use awsmfa, or node --import awsmfa/register.",
  );
}

/** What goes wrong is the program's to say, once. */
async function renew(context: Context, task: RegistrarTask): Promise<ProgramAnswer> {
  const { env } = context;
  try {
    return await supplyProgram(
      {
        ...context,
        report: task.isQuiet ? quietUntilAsked(context.report) : context.report,
        env: task.readsTerminal ? besidesTerminal(env) : env,
        patienceSeconds: backgroundPatienceSeconds,
        givesWay: wayWanted(),
      },
      task.profile,
    );
  } catch (error) {
    if (!isAwsmfaError(error)) throw error;
    return { kind: "failed", failure: failureOf(error) };
  }
}

/** The same, of which nothing is said before somebody is asked. */
function quietUntilAsked(report: Report): Report {
  let isAsked = false;
  return {
    ...report,
    say: (text) => isAsked && report.say(text),
    sayOnce: (text) => isAsked && report.sayOnce(text),
    told: async () => {
      await report.told?.();
      isAsked = true;
    },
  };
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
