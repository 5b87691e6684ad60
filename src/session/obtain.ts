import type { Context } from "../core/context.ts";
import type { Keys } from "../core/keys.ts";
import { type RoleSessionRequest, type SessionRequest } from "../core/request/session-request.ts";
import type { Session } from "../core/session/session.ts";
import { assumeAlone } from "./assume-alone.ts";
import { findOrShare } from "./find-or-share.ts";
import { forgetSession } from "./forget.ts";
import { obtainWithCode, type Obtained } from "./obtain-with-code.ts";
import { refusal, refusalOfStored } from "./refusal.ts";
import { isDead, unfitFrom, whyAnother } from "./renewal.ts";
import { findSession } from "./store.ts";

export { renewEarly } from "./renew-early.ts";

/** Gets a session where the store has none: asks for a code where it must, and assumes roles along the way. */
export async function obtainSession(context: Context, request: SessionRequest): Promise<Obtained> {
  if (request.kind === "role" && !request.takesCode) {
    return { kind: "session", session: await assumeFromSource(context, request) };
  }
  const obtained = await obtainWithCode(context, request);
  if (obtained.kind === "session" || request.kind === "mfa") return obtained;
  return { kind: "session", session: await assumeWith(context, request, obtained.keys) };
}

/** What is stored may not be what AWS still accepts: then a newer one is taken, or made. */
async function assumeFromSource(
  context: Context,
  request: RoleSessionRequest,
  source: SessionRequest = request.source,
): Promise<Session> {
  const shared = findOrShare(context, request);
  if (shared !== undefined) return shared;
  const stored = findOrShare(context, source);
  if (stored === undefined) return assumeFromNew(context, request, source);
  const answer = await assumeAlone(context, request, stored);
  if (answer.kind === "session") return answer.session;
  const because = whyAnother(context, request, stored, answer.rejection);
  if (because === undefined) throw refusalOfStored(context, request, stored, answer.rejection);
  if (isDead(answer.rejection)) forgetSession(context, stored.accessKeyId);
  const unfit = unfitFrom(context, stored, source.unfit);
  return source.kind === "mfa"
    ? assumeFromSource(context, request, { ...source, unfit, because })
    : assumeFromSource(context, request, { ...source, unfit });
}

async function assumeFromNew(
  context: Context,
  request: RoleSessionRequest,
  source: SessionRequest,
): Promise<Session> {
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
