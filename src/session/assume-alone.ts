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
import type { Patience } from "./waiting-room.ts";

/** How long a session of a role is worth waiting for, in milliseconds. */
interface Haste {
  /** While another process asks for it. */
  readonly patience: Patience;
  /** Until AWS answers; undefined leaves it to the time-outs of the request. */
  readonly withinMs: number | undefined;
}

/** AWS answers soon, as a rule. */
const noHaste: Haste = { patience: { silentMs: 5000, timeoutMs: 120_000 }, withinMs: undefined };

/** Where the stored session would do. */
export const inHaste: Haste = { patience: { silentMs: Infinity, timeoutMs: 3000 }, withinMs: 3000 };

/** Assumes a role with temporary keys, and stores its session. Of many processes one asks AWS. */
export function assumeAlone(
  context: Context,
  request: RoleSessionRequest,
  keys: Keys,
  { patience, withinMs }: Haste = noHaste,
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
      const answer = await assumeRole(
        { keys, mfa: undefined, sts, env, withinMs },
        { ...role, seconds },
      );
      if (answer.kind === "session") saveSession(context, request, answer.session);
      return answer;
    },
  });
}
