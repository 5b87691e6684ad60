import type { Context } from "../core/context.ts";
import type { Keys } from "../core/keys.ts";
import type { Unfit } from "../core/request/mfa-session-request.ts";
import type { RoleSessionRequest, SessionRequest } from "../core/request/session-request.ts";
import type { FoundSession, Session } from "../core/session/session.ts";
import { isExpired, type Rejection } from "../core/service/rejection.ts";
import { assumeAlone } from "./assume-alone.ts";
import { findOrShare } from "./find-or-share.ts";
import { forgetSession } from "./forget.ts";
import { obtainWithCode, type Obtained } from "./obtain-with-code.ts";
import { refusal, refusalOfStored } from "./refusal.ts";
import { assumeAlong } from "./renew-early.ts";
import { isDead, mayBeTooOld, unfitFrom, whyAnother } from "./renewal.ts";
import { findSession } from "./store.ts";

/**
 * Gets a session where the store has none that will do: asks for a code where it must, and assumes roles
 * along the way.
 */
export async function obtainSession(context: Context, request: SessionRequest): Promise<Obtained> {
  if (request.kind === "role" && !request.takesCode) {
    return { kind: "session", session: await assumeFromSource(context, request) };
  }
  const obtained = await obtainWithCode(context, request);
  if (obtained.kind === "session" || request.kind === "mfa") return obtained;
  return { kind: "session", session: await assumeWith(context, request, obtained.keys) };
}

/** What is stored may not be what AWS still accepts: then a newer one is taken, or made. */
async function assumeFromSource(context: Context, request: RoleSessionRequest): Promise<Session> {
  const shared = findOrShare(context, request);
  if (shared !== undefined) return shared;
  const stored = findOrShare(context, request.source);
  if (stored === undefined) return assumeFromNew(context, request);
  const answer = await assumeAlone(context, request, stored);
  if (answer.kind === "session") return answer.session;
  return assumeFromAnother(context, request, stored, answer.rejection);
}

async function assumeFromAnother(
  context: Context,
  request: RoleSessionRequest,
  stored: FoundSession,
  rejection: Rejection,
): Promise<Session> {
  const because = whyAnother(context, request, stored, rejection);
  const unfit = unfitFrom(context, stored, request.source.unfit);
  if (because === undefined) {
    const session = mayBeTooOld(context, stored, rejection)
      ? await assumeFromRenewed(context, request, unfit)
      : undefined;
    if (session !== undefined) return session;
    throw refusalOfStored(context, request, stored, rejection);
  }
  if (isExpired(rejection)) forgetSession(context, stored.accessKeyId);
  const source = { ...request.source, unfit: { ...unfit, because } };
  const session = await assumeFromSource(context, { ...request, source });
  // Not before: what AWS does not know in one region may be good in another one.
  if (isDead(rejection)) forgetSession(context, stored.accessKeyId);
  return session;
}

/** The sessions of a role on the way may have been revoked: another one is tried, if nobody need be asked. */
async function assumeFromRenewed(
  context: Context,
  request: RoleSessionRequest,
  unfit: Unfit,
): Promise<Session | undefined> {
  if (request.source.kind === "mfa") return undefined;
  const renewed = await assumeAlong(context, { ...request.source, unfit });
  const answer = renewed && (await assumeAlone(context, request, renewed));
  return answer?.kind === "session" ? answer.session : undefined;
}

async function assumeFromNew(context: Context, request: RoleSessionRequest): Promise<Session> {
  const { source } = request;
  const obtained =
    source.kind === "role"
      ? await obtainSession(context, source)
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
