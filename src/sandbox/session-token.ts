import { accessDenied } from "./aws-error.ts";
import type { TemporaryCaller } from "./caller.ts";
import { proveMfa } from "./mfa-proof.ts";
import type { Call, State } from "./operation.ts";
import { checkBounds } from "./parameter-bounds.ts";
import { seconds } from "./signing-date.ts";
import type { Xml } from "./xml.ts";

/** STS GetSessionToken: a session of the user, with MFA when the call brings a code. */
export function getSessionToken(call: Call): Xml {
  const { caller, parameters, state } = call;
  if (caller.kind !== "long-term") {
    throw accessDenied("Cannot call GetSessionToken with session credentials");
  }
  checkBounds(parameters, { DurationSeconds: { number: true, min: 900, max: 129_600 } });
  const mfaAt = proveMfa(call);
  const expiresAt = expiry(state, Number(parameters["DurationSeconds"] ?? 43_200));
  const bearer = { kind: "user-session", user: caller.user, mfaAt } as const;
  return { Credentials: credentialsXml(state.credentials.issue(bearer, expiresAt)) };
}

/** When a session issued now ends, in milliseconds since 1970, to the second as AWS has it. */
export function expiry(state: State, requestedSeconds: number): number {
  const lifetime = state.sessionSeconds ?? requestedSeconds;
  return (Math.floor(state.now().getTime() / 1000) + lifetime) * 1000;
}

/** The `Credentials` element of STS. */
export function credentialsXml(issued: TemporaryCaller): Xml {
  return {
    AccessKeyId: issued.accessKeyId,
    SecretAccessKey: issued.secretAccessKey,
    SessionToken: issued.sessionToken,
    Expiration: seconds(new Date(issued.expiresAt)),
  };
}
