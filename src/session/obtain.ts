import { longTermKeys, type LongTermKeys } from "../aws/long-term-keys.ts";
import type { MfaCode } from "../core/code.ts";
import type { Context } from "../core/context.ts";
import { minimumSeconds, requestedSeconds } from "../core/duration.ts";
import { identityKey } from "../core/identity.ts";
import { deviceName } from "../core/mfa-device.ts";
import { lastFour, printable } from "../core/printable.ts";
import type { SessionRequest } from "../core/session-request.ts";
import type { Session } from "../core/session.ts";
import { isWrongCode, stsError, wrongCodeError } from "../core/sts-failure.ts";
import type { CodeQuestion, CodeSource } from "../mfa/code-source.ts";
import { codeSources, noCodeError } from "../mfa/code-sources.ts";
import { waitForLock } from "../system/lock.ts";
import { lockFolder } from "../system/own-folders.ts";
import { sha256 } from "../system/sha256.ts";
import { saveSession } from "./save-session.ts";
import { findSession, findSharedSession } from "./store.ts";
import { waitingRoom } from "./waiting-room.ts";

/** A session, or word that the profile's `credential_process` gives temporary keys by itself. */
export type Obtained = { kind: "session"; session: Session } | { kind: "temporary-keys" };

/**
 * Gets a session where the store has none: takes the identity's lock, looks again, asks for a code,
 * asks STS, stores. Of many processes one asks, and the others go on with what it stored.
 */
export async function obtainSession(context: Context, request: SessionRequest): Promise<Obtained> {
  const seconds = requestedSeconds(context.env);
  // Needed only once there is something stored; refused before anybody is asked.
  minimumSeconds(context.env);
  const question = codeQuestion(request);
  const sources = codeSources(context, question, request.mfaProcess);
  const wait = await waitForLock({
    folder: await lockFolder(context.env),
    name: sha256(identityKey(request.identity)),
    report: context.report,
    whileWaiting: waitingRoom(
      context,
      request,
      question,
      sources.some(({ attended }) => attended),
    ),
  });
  if (wait.kind === "gave-up") return { kind: "session", session: wait.result };
  try {
    return await obtainAlone(context, request, { seconds, question, sources });
  } finally {
    wait.lock.release();
  }
}

interface Asking {
  readonly seconds: number;
  readonly question: CodeQuestion;
  readonly sources: readonly CodeSource[];
}

async function obtainAlone(
  context: Context,
  request: SessionRequest,
  asking: Asking,
): Promise<Obtained> {
  const stored = findSession(context, request);
  if (stored !== undefined) return { kind: "session", session: stored };
  const shared = findSharedSession(context, request);
  if (shared !== undefined) {
    saveSession(context, request, shared);
    return { kind: "session", session: shared };
  }
  const keys = await longTermKeys(request.base, context.env);
  if (keys === undefined) return { kind: "temporary-keys" };
  const session = await askUntilAccepted(context, request, keys, asking);
  saveSession(context, request, session);
  return { kind: "session", session };
}

/** Goes through the sources, and tells by what STS answers whether another code can help. */
async function askUntilAccepted(
  context: Context,
  request: SessionRequest,
  keys: LongTermKeys,
  { seconds, question, sources }: Asking,
): Promise<Session> {
  if (sources.length === 0) throw noCodeError(question, sources);
  const { checkStsTarget, getSessionToken } = await import("../aws/sts.ts");
  const { identity, sts, profile } = request;
  checkStsTarget(sts, context.env);
  const asked = {
    accessKeyId: keys.accessKeyId,
    profile: profile?.name,
    serial: identity.serial,
    sts,
  };
  const refused = new Set<MfaCode>();
  let lastRefused = "";
  for (const source of sources) {
    for (let attempt = 1; attempt <= source.tries; attempt++) {
      const code = await source.next();
      if (code === undefined) break;
      // A code is good for one use: sending it again would only fail again.
      if (!refused.has(code)) {
        const answer = await getSessionToken({
          ...keys,
          mfa: { serial: identity.serial, code },
          seconds,
          sts,
          env: context.env,
        });
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
  throw refused.size > 0 ? wrongCodeError(asked, lastRefused) : noCodeError(question, sources);
}

function codeQuestion({ profile, base, identity }: SessionRequest): CodeQuestion {
  const key = base.kind === "long-term" ? lastFour(base.accessKeyId) : "";
  return {
    device: deviceName(identity.serial),
    owner: profile === undefined ? `key ${key}` : `profile ${printable(profile.name)}`,
  };
}
