import { activeProfile } from "./active-profile.ts";
import { environmentKeys } from "./environment-keys.ts";
import { configurationError, type AwsmfaError } from "../errors.ts";
import type { Surroundings } from "./plan-credentials.ts";
import { printableName } from "../printable.ts";
import { assumesRole } from "./role-chain.ts";
import { baseKeys, type BaseKeys } from "../request/mfa-session-request.ts";
import { serviceTarget, type ServiceTarget } from "../service/service-target.ts";

/** Everything it takes to ask for a session without a code. */
export interface PlainSessionRequest {
  /** Undefined for keys from the environment. */
  readonly profile: string | undefined;
  readonly base: BaseKeys;
  readonly sts: ServiceTarget;
}

/** Whose session `exports --no-mfa` asks for. Throws 253 where there are no long-term keys. */
export function plainSessionRequest(
  { env, files }: Pick<Surroundings, "env" | "files">,
  explicit: string | undefined,
): PlainSessionRequest {
  const { name } = activeProfile(env, explicit);
  const profile = files.find(name);
  const sts = serviceTarget("STS", env, files, profile === undefined ? [] : [profile], "");
  const keys = explicit === undefined ? environmentKeys(env) : undefined;
  if (keys !== undefined && keys.kind !== "none") {
    if (keys.kind !== "long-term") throw noLongTermKeys("the environment");
    return { profile: undefined, base: keys, sts };
  }
  if (profile === undefined) throw unknownProfileError(name);
  if (assumesRole(profile)) throw roleError(name);
  const base = baseKeys(profile);
  if (base === undefined) throw noLongTermKeys(`profile ${printableName(name)}`);
  return { profile: name, base, sts };
}

function roleError(name: string): AwsmfaError {
  return configurationError(
    "RoleWithoutMfa",
    `a session without a code is one of a user, and profile ${printableName(name)} assumes a role.`,
    { hint: "Name the profile that has the keys: --profile …" },
  );
}

/** The code of the error that there is no such profile. */
export const unknownProfileCode = "UnknownProfile";

/** There is no such profile. */
export function unknownProfileError(name: string): AwsmfaError {
  return configurationError(unknownProfileCode, `there is no profile ${printableName(name)}.`, {
    hint: "Check --profile, AWS_PROFILE and the names in ~/.aws/config and ~/.aws/credentials.",
  });
}

/** AWS refuses GetSessionToken with temporary keys, and there is none without any. */
export function noLongTermKeys(place: string): AwsmfaError {
  return configurationError("NoLongTermKeys", `${place} holds no long-term keys.`, {
    hint: "A session is asked for with an IAM user's access key and secret: check both.",
  });
}
