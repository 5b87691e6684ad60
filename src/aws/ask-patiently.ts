import { setTimeout as sleep } from "node:timers/promises";
import type { Keys } from "../core/keys.ts";
import type { Rejection } from "../core/service/rejection.ts";
import { mayRepeat } from "./may-repeat.ts";
import { toRejection } from "./to-rejection.ts";

/** What AWS answers, or why it does not. */
export type AwsAnswer<Answer> =
  { kind: "answer"; answer: Answer } | { kind: "rejected"; rejection: Rejection };

interface Request<Answer> {
  readonly keys: Keys;
  /** The code in it, which may be spent. */
  readonly code?: string | undefined;
  /** What else AWS might quote. */
  readonly secrets?: readonly string[];
  /** For how many milliseconds the answer is worth waiting, whatever the attempts; 40 s each without it. */
  readonly withinMs?: number | undefined;
  readonly send: (options: { abortSignal: AbortSignal }) => Promise<Answer>;
}

const mostAttempts = 3;

/** A client's time-outs end with the headers of an answer; its body may stall as well. */
const longestMs = 40_000;

/** Sends a request, again where that loses nothing. Whatever goes wrong is an answer, too. */
export async function askPatiently<Answer>({
  keys,
  code,
  secrets = [],
  withinMs,
  send,
}: Request<Answer>): Promise<AwsAnswer<Answer>> {
  const all = [keys.secretAccessKey, keys.sessionToken, code, ...secrets];
  const unspeakable = all.filter((secret) => secret !== undefined);
  const end = withinMs === undefined ? undefined : AbortSignal.timeout(withinMs);
  for (let attempt = 1; ; attempt++) {
    try {
      const abortSignal = end ?? AbortSignal.timeout(longestMs);
      return { kind: "answer", answer: await send({ abortSignal }) };
    } catch (error) {
      const rejection = toRejection(error, unspeakable);
      if (attempt === mostAttempts || !mayRepeat(rejection, code !== undefined)) {
        return { kind: "rejected", rejection };
      }
      await sleep(150 * 2 ** attempt * (0.5 + Math.random()));
    }
  }
}
