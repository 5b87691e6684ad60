import type { Credentials, GetCallerIdentityResponse } from "@aws-sdk/client-sts";
import type { Session } from "../core/session/session.ts";
import { emptyAnswer } from "./to-rejection.ts";

/** The session in an answer. Throws as the SDK would where there is none in it. */
export function toSession(credentials: Credentials | undefined): Session {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = credentials ?? {};
  if (!isCredential(AccessKeyId) || !isCredential(SecretAccessKey) || !isCredential(SessionToken)) {
    throw emptyAnswer("no credentials");
  }
  if (!Expiration) throw emptyAnswer("no expiration");
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
}

/** Anything else would break a file, a header or a variable. */
function isCredential(text: string | undefined): text is string {
  return text !== undefined && /^[!-~]+$/.test(text);
}

/** Whose keys they are, by an answer. Throws as the SDK would where it does not say. */
export function toIdentity({ Account, Arn }: GetCallerIdentityResponse): {
  account: string;
  arn: string;
} {
  if (!Account || !Arn) throw emptyAnswer("no identity");
  return { account: Account, arn: Arn };
}
