import type { Context } from "../../core/context.ts";
import { isAwsmfaError } from "../../core/errors.ts";
import { failureOf } from "../../core/failure/failure.ts";
import { sessionText } from "../../core/session/session-text.ts";
import { supplySession } from "../../session/supply-session.ts";
import { runForParent } from "../apart/run-for-parent.ts";
import type { SupplyEnd } from "./supply-end.ts";

/** What an endpoint passes to the process that gets a session for it: JSON, as its only argument. */
export interface SupplyTask {
  /** Undefined leaves it to the environment. */
  readonly profile?: string | undefined;
  /** For how long a program may keep it that is to give a code. */
  readonly patienceSeconds: number;
}

/** Gets a session for an endpoint. */
export async function runSupply(context: Context, text: string): Promise<void> {
  const { profile, patienceSeconds } = JSON.parse(text) as SupplyTask;
  await runForParent<SupplyEnd>(context, {
    patienceSeconds,
    run: (asking) => supply(asking, profile),
  });
}

async function supply(context: Context, profile: string | undefined): Promise<SupplyEnd> {
  try {
    const { session } = await supplySession(context, profile);
    return { kind: "supplied", session: sessionText(session) };
  } catch (error) {
    if (!isAwsmfaError(error)) throw error;
    return { kind: "failed", failure: failureOf(error) };
  }
}
