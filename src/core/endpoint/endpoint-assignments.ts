import { credentialVariables, type Assignment } from "../child/child-env.ts";

/** Where a program gets its session. */
export interface EndpointAccess {
  readonly url: string;
  readonly token: string;
}

/** What makes SDKs ask an endpoint for credentials, and nobody else before it. */
export function endpointAssignments({ url, token }: EndpointAccess): Assignment[] {
  return [
    ["AWS_CONTAINER_CREDENTIALS_FULL_URI", url],
    ["AWS_CONTAINER_AUTHORIZATION_TOKEN", token],
    ...shadows.map((name): Assignment => [name, undefined]),
  ];
}

/** What SDKs prefer to that. */
const shadows = [
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
  ...credentialVariables,
  // Older names of the keys, which the SDKs for Go, Ruby, and JavaScript (2) still read.
  "AWS_ACCESS_KEY",
  "AWS_SECRET_KEY",
  "AMAZON_ACCESS_KEY_ID",
  "AMAZON_SECRET_ACCESS_KEY",
  "AMAZON_SESSION_TOKEN",
  // boto2's, which botocore still reads.
  "AWS_CREDENTIAL_FILE",
  "AWS_MFA_TOKEN",
];
