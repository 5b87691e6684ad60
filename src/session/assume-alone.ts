import type { StsAnswer } from "../aws/sts.ts";
import type { Context } from "../core/context.ts";
import { identityKey } from "../core/identity.ts";
import type { Keys } from "../core/keys.ts";
import { printable } from "../core/printable.ts";
import {
  mfaRequestOf,
  mostChainedSeconds,
  type RoleSessionRequest,
} from "../core/session-request.ts";
import { obtainAlone } from "./obtain-alone.ts";
import { saveSession } from "./save-session.ts";

/** AWS answers soon, and the requests have time-outs of their own. */
const patience = { silentMs: 5000, timeoutMs: 120_000 };

/** Assumes a role with temporary keys, and stores its session. Of many processes one asks AWS. */
export function assumeAlone(
  context: Context,
  request: RoleSessionRequest,
  keys: Keys,
): Promise<StsAnswer> {
  const { env } = context;
  const { profile, role } = request;
  const { identity, sts } = mfaRequestOf(request);
  return obtainAlone<StsAnswer>(context, request, {
    lock: JSON.stringify([identityKey(identity), role.arn]),
    doing: `assumes the role of profile ${printable(profile.name)}`,
    patience,
    run: async () => {
      const { assumeRole } = await import("../aws/sts.ts");
      const seconds = Math.min(role.seconds, mostChainedSeconds);
      const answer = await assumeRole({ keys, mfa: undefined, sts, env }, { ...role, seconds });
      if (answer.kind === "session") saveSession(context, request, answer.session);
      return answer;
    },
  });
}
