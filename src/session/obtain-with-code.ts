import { fetchKeys } from "../aws/fetch-keys.ts";
import type { StsAnswer } from "../aws/sts.ts";
import type { MfaCode } from "../core/code.ts";
import type { Context } from "../core/context.ts";
import { lockTimeoutSeconds, minimumSeconds, requestedSeconds } from "../core/duration.ts";
import { configurationError } from "../core/errors.ts";
import { identityKey } from "../core/request/identity.ts";
import type { Keys } from "../core/keys.ts";
import { mfaRequestOf, type SessionRequest } from "../core/request/session-request.ts";
import type { Session } from "../core/session/session.ts";
import { stsQuestion } from "../core/service/sts-question.ts";
import type { CodeQuestion, CodeSource } from "../mfa/code-source.ts";
import { codeSources, noCodeError } from "../mfa/code-sources.ts";
import type { Holder } from "../system/lock-attempt.ts";
import { askForCode } from "./ask-for-code.ts";
import { codeQuestion } from "./code-question.ts";
import { obtainAlone } from "./obtain-alone.ts";
import { refuseRecursion } from "./refuse-recursion.ts";
import { saveSession } from "./save-session.ts";
import { nameOf } from "./waiting-room.ts";

/** A session, or word that the profile's `credential_process` gives temporary keys by itself. */
export type Obtained =
  { kind: "session"; session: Session } | { kind: "temporary-keys"; keys: Keys };

/**
 * Gets a session that takes a code: the user's, or that of a role which is to last for long. Of many
 * processes of one identity one asks at a time, for the code is good for one use. A `credential_process` is
 * not run where `instead` has something better by then.
 */
export async function obtainWithCode<Better = never>(
  context: Context,
  request: SessionRequest,
  instead: () => Better | undefined = () => undefined,
): Promise<Obtained | Better> {
  const {
    identity,
    base,
    mfaProcess,
    seconds = requestedSeconds(context.env),
  } = mfaRequestOf(request);
  // Needed only once there is something stored; refused before anybody is asked.
  minimumSeconds(context.env);
  refuseRecursion(mfaRequestOf(request), context.env);
  const question = codeQuestion(request);
  const sources = codeSources(context, question, mfaProcess);
  return obtainAlone<Obtained | Better>(context, request, {
    lock: identityKey(identity),
    doing: `asks for a code of ${question.device}`,
    patience: {
      silentMs: 400,
      timeoutMs: canWaitForEver(context, sources)
        ? Infinity
        : lockTimeoutSeconds(context.env) * 1000,
    },
    // A watcher's prompt may stand where nobody looks.
    wantsWay: sources.length > 0 && context.givesWay === undefined,
    run: async () => {
      const better = base.kind === "process" ? instead() : undefined;
      if (better !== undefined) return better;
      const keys = await fetchKeys(base, context);
      if (keys.sessionToken !== undefined) return { kind: "temporary-keys", keys };
      const session = await ask(context, request, { keys, seconds, question, sources });
      saveSession(context, request, session);
      return { kind: "session", session };
    },
    tooLong: (holder) => Promise.reject(timeoutError(holder, question)),
  });
}

/** Where somebody sits in front of it, who can end the waiting. */
function canWaitForEver({ patienceSeconds }: Context, sources: readonly CodeSource[]): boolean {
  return patienceSeconds === undefined && sources.some(({ attended }) => attended);
}

function timeoutError(holder: Holder, { device }: CodeQuestion): Error {
  return configurationError(
    "LockTimeout",
    `${nameOf(holder)} still asks for a code of ${device}.`,
    {
      hint: "Answer it, or end it. AWS_MFA_LOCK_TIMEOUT says for how many seconds to wait (120).",
    },
  );
}

interface Means {
  readonly keys: Keys;
  /** How long a session of the user is to last. */
  readonly seconds: number;
  readonly question: CodeQuestion;
  readonly sources: readonly CodeSource[];
}

async function ask(
  context: Context,
  request: SessionRequest,
  { keys, seconds, question, sources }: Means,
): Promise<Session> {
  const { env, report, requestHandler } = context;
  if (request.unfit?.because) report.say(request.unfit.because);
  if (sources.length === 0) throw noCodeError(question, sources);
  const { checkTarget, getSessionToken, assumeRole } = await import("../aws/sts.ts");
  const { device, sts } = mfaRequestOf(request);
  checkTarget(sts, env);
  const send = (code: MfaCode): Promise<StsAnswer> => {
    const asking = { keys, mfa: { serial: device.serial, code }, sts, env, requestHandler };
    return request.kind === "mfa"
      ? getSessionToken(asking, seconds)
      : assumeRole(asking, request.role);
  };
  const asked = stsQuestion(request, keys, device);
  return askForCode(context, { question, sources, asked, send });
}
