import type { StsAnswer } from "../aws/sts.ts";
import type { MfaCode } from "../core/code.ts";
import type { Context } from "../core/context.ts";
import type { Session } from "../core/session/session.ts";
import { isWrongCode } from "../core/service/rejection.ts";
import { stsError, wrongCodeError } from "../core/service/sts-failure.ts";
import type { StsQuestion } from "../core/service/sts-question.ts";
import type { CodeQuestion, CodeSource } from "../mfa/code-source.ts";
import { gaveWayError, noCodeError } from "../mfa/code-sources.ts";

/** What is to be found out, and how. */
export interface Asking {
  readonly question: CodeQuestion;
  readonly sources: readonly CodeSource[];
  /** For messages. */
  readonly asked: StsQuestion;
  /** Asks STS with a code. */
  readonly send: (code: MfaCode) => Promise<StsAnswer>;
}

/** Goes through the sources, and tells by what STS answers whether another code can help. */
export async function askForCode(context: Context, asking: Asking): Promise<Session> {
  const { question, sources, asked, send } = asking;
  const refused = new Set<MfaCode>();
  let lastRefused = "";
  for (const source of sources) {
    for (let attempt = 1; attempt <= source.tries; attempt++) {
      const code = await source.next();
      if (code === undefined) break;
      // A code is good for one use: sending it again would only fail again.
      if (!refused.has(code)) {
        const answer = await send(code);
        if (answer.kind === "session") return answer.session;
        if (!isWrongCode(answer.rejection)) throw stsError(answer.rejection, asked, context.now());
        refused.add(code);
      }
      lastRefused = source.name;
      // The last time it is the error that says so.
      if (attempt < source.tries || source !== sources.at(-1)) {
        context.report.say(`${source.name} is wrong or already used: wait for the next code.`);
      }
    }
  }
  if (refused.size > 0) throw wrongCodeError(asked, lastRefused);
  throw context.givesWay?.aborted ? gaveWayError(question) : noCodeError(question, sources);
}
