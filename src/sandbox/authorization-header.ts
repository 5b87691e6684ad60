/** What the `Authorization` header of a request signed with Signature Version 4 says. */
export interface Authorization {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: ReadonlySet<string>;
  readonly signature: string;
}

const PATTERN =
  /^AWS4-HMAC-SHA256 +Credential=(\w+)\/\d{8}\/([\w-]+)\/([\w-]+)\/aws4_request, *SignedHeaders=([^,]+), *Signature=(\w+)$/;

/** Takes an `Authorization` header apart; undefined when it is none of Signature Version 4. */
export function parseAuthorization(header: string | undefined): Authorization | undefined {
  const [, accessKeyId, region, service, signedHeaders, signature] =
    PATTERN.exec(header ?? "") ?? [];
  if (!accessKeyId || !region || !service || !signedHeaders || !signature) return undefined;
  return {
    accessKeyId,
    region,
    service,
    signedHeaders: new Set(signedHeaders.split(";")),
    signature,
  };
}
