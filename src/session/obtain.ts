import type { Context } from "../core/context.ts";
import type { Keys } from "../core/keys.ts";
import { printable } from "../core/printable.ts";
import {
  mostChainedSeconds,
  type RoleSessionRequest,
  type SessionRequest,
} from "../core/request/session-request.ts";
import type { FoundSession, Session } from "../core/session/session.ts";
import { assumeAlone } from "./assume-alone.ts";
import { findOrShare } from "./find-or-share.ts";
import { forgetSession } from "./forget.ts";
import { obtainWithCode, type Obtained } from "./obtain-with-code.ts";
import { refusal, refusalOfStored } from "./refusal.ts";
import { isDead, whyAnother } from "./renewal.ts";
import { findSession } from "./store.ts";

export { assumeInHaste } from "./assume-alone.ts";

/** Gets a session where the store has none: asks for a code where it must, and assumes roles along the way. */
export async function obtainSession(context: Context, request: SessionRequest): Promise<Obtained> {
  if (request.kind === "role" && request.capped) tellOfCap(context, request);
  return obtain(context, request);
}

async function obtain(context: Context, request: SessionRequest): Promise<Obtained> {
  if (request.kind === "role" && !request.takesCode) {
    return { kind: "session", session: await assumeFromSource(context, request) };
  }
  const obtained = await obtainWithCode(context, request);
  if (obtained.kind === "session" || request.kind === "mfa") return obtained;
  tellOfCap(context, request);
  return { kind: "session", session: await assumeWith(context, request, obtained.keys) };
}

async function assumeFromSource(context: Context, request: RoleSessionRequest): Promise<Session> {
  const shared = findOrShare(context, request);
  if (shared !== undefined) return shared;
  const stored = findOrShare(context, request.source);
  if (stored !== undefined) return assumeFromStored(context, request, stored);
  return assumeFromNew(context, request, request.source);
}

/** What was stored may not be what AWS still accepts: then it is made anew, once. */
async function assumeFromStored(
  context: Context,
  request: RoleSessionRequest,
  stored: FoundSession,
): Promise<Session> {
  const answer = await assumeAlone(context, request, stored);
  if (answer.kind === "session") return answer.session;
  const because = whyAnother(context, request, stored, answer.rejection);
  if (because === undefined) throw refusalOfStored(context, request, stored, answer.rejection);
  const instead = stored.accessKeyId;
  if (isDead(answer.rejection)) forgetSession(context, instead);
  const { source } = request;
  const another = source.kind === "mfa" ? { ...source, instead, because } : { ...source, instead };
  return assumeFromNew(context, request, another);
}

async function assumeFromNew(
  context: Context,
  request: RoleSessionRequest,
  source: SessionRequest,
): Promise<Session> {
  const obtained =
    source.kind === "role"
      ? await obtain(context, source)
      : await obtainWithCode(context, source, () => overtaking(context, request));
  switch (obtained.kind) {
    case "overtaken":
      return obtained.session;
    case "session":
      return assumeWith(context, request, obtained.session);
    case "temporary-keys":
      return assumeWith(context, request, obtained.keys);
  }
}

/** While this process waited, another one may have got the session of the role. */
function overtaking(context: Context, request: RoleSessionRequest) {
  const session = findSession(context, request);
  return session && ({ kind: "overtaken", session } as const);
}

async function assumeWith(
  context: Context,
  request: RoleSessionRequest,
  keys: Keys,
): Promise<Session> {
  const answer = await assumeAlone(context, request, keys);
  if (answer.kind === "session") return answer.session;
  throw refusal(context, request, keys, answer.rejection);
}

function tellOfCap({ report }: Context, { profile }: RoleSessionRequest): void {
  report.say(
    `duration_seconds of profile ${printable(profile.name)} is cut to ${mostChainedSeconds}: ` +
      "AWS gives no more to a role that is assumed with temporary credentials.",
  );
}
