import { authenticate } from "./authenticate.ts";
import { parseAuthorization, type Authorization } from "./authorization-header.ts";
import { AwsError } from "./aws-error.ts";
import { recordOf, type CallRecord, type Outcome } from "./call-record.ts";
import type { Caller } from "./caller.ts";
import { faultOutcome } from "./fault-outcome.ts";
import type { Incoming } from "./incoming.ts";
import type { Request, State } from "./operation.ts";
import { perform } from "./perform.ts";
import { errorReply, type Reply } from "./reply.ts";
import { understand } from "./request.ts";
import type { Trouble } from "./trouble.ts";

/** The answer to a request (none: hang up) and its record. */
export interface Answer {
  readonly reply: Reply | undefined;
  readonly record: CallRecord;
}

/** Answers one request as AWS would, or as the trouble of the moment has it. */
export async function answer(incoming: Incoming, state: State, trouble: Trouble): Promise<Answer> {
  const authorization = parseAuthorization(incoming.headers["authorization"]);
  const request = understand(incoming, authorization);
  const fault = trouble.next(request.operation);
  const outcome =
    (fault && faultOutcome(fault, request.service)) ??
    (await handle(request, authorization, state));
  const reply = fault?.kind === "drop" ? undefined : outcome.reply;
  const record = recordOf(request, authorization, { ...outcome, reply }, state.now());
  return { reply, record };
}

async function handle(
  request: Request,
  authorization: Authorization | undefined,
  state: State,
): Promise<Outcome> {
  const { service, parameters, incoming } = request;
  const find = (id: string): Caller | undefined => state.credentials.find(id);
  let caller: Caller | undefined;
  try {
    caller = await authenticate(incoming, authorization, { find, now: state.now(), service });
    return { caller, reply: perform(request, { caller, parameters, state }) };
  } catch (error) {
    const refusal = error instanceof AwsError ? error : ownFailure(error);
    return { caller, reply: errorReply(service, refusal), errorCode: refusal.code };
  }
}

// A fault of the sandbox itself: the stack helps whoever mends it.
function ownFailure(error: unknown): AwsError {
  const text = error instanceof Error ? (error.stack ?? error.message) : "unknown failure";
  return new AwsError(500, "SandboxFailure", text);
}
