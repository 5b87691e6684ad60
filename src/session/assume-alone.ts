import type { StsAnswer } from "../aws/sts.ts";
import type { Context } from "../core/context.ts";
import { fnv1a } from "../core/session/fnv1a.ts";
import { identityKey } from "../core/request/identity.ts";
import type { Keys } from "../core/keys.ts";
import { printable } from "../core/printable.ts";
import {
  mfaRequestOf,
  mostChainedSeconds,
  requestKey,
  type RoleSessionRequest,
} from "../core/request/session-request.ts";
import { forgetSpentRoles } from "./forget.ts";
import { obtainAlone } from "./obtain-alone.ts";
import { saveSession } from "./save-session.ts";

/** Assumes a role with temporary keys, and stores its session. Of many processes one asks AWS. */
export function assumeAlone(
  context: Context,
  request: RoleSessionRequest,
  keys: Keys,
): Promise<StsAnswer> {
  const run = (): Promise<StsAnswer> => {
    if (request.capped || request.takesCode) tellOfCap(context, request);
    return assume(context, request, keys);
  };
  return obtainAlone<StsAnswer>(context, request, {
    ...lockFor(request),
    patience: { silentMs: 5000, timeoutMs: 10_000 },
    run,
    // To ask AWS twice costs nobody anything.
    tooLong: run,
  });
}

/** The same where a session is there already: undefined unless it is done by then, on `performance`'s clock. */
export function assumeInHaste(
  context: Context,
  request: RoleSessionRequest,
  keys: Keys,
  end: number,
): Promise<StsAnswer | undefined> {
  return obtainAlone<StsAnswer | undefined>(context, request, {
    ...lockFor(request),
    patience: { silentMs: Infinity, timeoutMs: end - performance.now() },
    run: () => assume(context, request, keys, Math.max(1, Math.ceil(end - performance.now()))),
    tooLong: () => Promise.resolve(undefined),
  });
}

/** Lock files stay for ever: sixteen for each role, however many names its sessions are given. */
function lockFor(request: RoleSessionRequest): { lock: string; doing: string } {
  const { identity } = mfaRequestOf(request);
  const bucket = fnv1a(requestKey(request)).slice(-1);
  return {
    lock: JSON.stringify([identityKey(identity), request.role.arn, bucket]),
    doing: `assumes the role of profile ${printable(request.profile.name)}`,
  };
}

async function assume(
  context: Context,
  request: RoleSessionRequest,
  keys: Keys,
  withinMs?: number,
): Promise<StsAnswer> {
  context.report.debug(() => `assuming the role of profile ${printable(request.profile.name)}`);
  const { assumeRole } = await import("../aws/sts.ts");
  const { sts } = mfaRequestOf(request);
  // Longer for keys of a credential_process alone, which turned out to be temporary.
  const seconds = Math.min(request.role.seconds, mostChainedSeconds);
  const { env, requestHandler } = context;
  const asking = { keys, mfa: undefined, sts, env, requestHandler, withinMs };
  const answer = await assumeRole(asking, { ...request.role, seconds });
  if (answer.kind === "session") {
    saveSession(context, request, answer.session);
    forgetSpentRoles(context);
  }
  return answer;
}

/** One that takes a code gets here with temporary keys, of a `credential_process`. */
function tellOfCap({ report }: Context, { profile }: RoleSessionRequest): void {
  report.say(
    `duration_seconds of profile ${printable(profile.name)} is cut to ${mostChainedSeconds}: ` +
      "AWS gives no more to a role that is assumed with temporary credentials.",
  );
}
