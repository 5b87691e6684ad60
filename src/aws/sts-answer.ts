import type { Credentials, GetCallerIdentityResponse } from "@aws-sdk/client-sts";
import type { Session } from "../core/session/session.ts";
import { emptyAnswer } from "./to-rejection.ts";

/** The session in an answer. Throws as the SDK would where there is none in it. */
export function toSession(credentials: Credentials | undefined): Session {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
    throw emptyAnswer("no credentials");
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
}

/** Whose keys they are, by an answer. Throws as the SDK would where it does not say. */
export function toIdentity({ Account, Arn }: GetCallerIdentityResponse): {
  account: string;
  arn: string;
} {
  if (!Account || !Arn) throw emptyAnswer("no identity");
  return { account: Account, arn: Arn };
}
