import type { Authorization } from "./authorization-header.ts";
import { identityOf, mfaTimeOf, type Caller } from "./caller.ts";
import type { Parameters, Request } from "./operation.ts";
import type { Reply } from "./reply.ts";

/** A request that the sandbox got and how it went; holds no secret, no token and no code. */
export interface CallRecord {
  readonly service: string;
  readonly operation: string;
  readonly accessKeyId: string | undefined;
  /** The ARN of the caller; undefined when the signature was not accepted. */
  readonly arn: string | undefined;
  /** Whether the caller had proved MFA before. */
  readonly mfa: boolean;
  /** The parameters that are no secrets (`DurationSeconds`, `SerialNumber`, `RoleArn`, …). */
  readonly parameters: Parameters;
  /** The region that the signature is scoped to. */
  readonly region: string | undefined;
  /** HTTP status; 0 when the connection was dropped. */
  readonly status: number;
  readonly errorCode: string | undefined;
  /** By the clock of the sandbox. */
  readonly at: Date;
  readonly userAgent: string;
}

const SHOWN =
  /^(DurationSeconds|SerialNumber|RoleArn|RoleSessionName|SourceIdentity|UserName|Bucket|Key|Tags\..*|TransitiveTagKeys\..*)$/;

/** How a request went. */
export interface Outcome {
  /** Undefined when the signature was not accepted. */
  readonly caller: Caller | undefined;
  /** Undefined when the connection was dropped. */
  readonly reply: Reply | undefined;
  readonly errorCode?: string;
}

/** Sums up a request for the record. */
export function recordOf(
  { service, operation, parameters, incoming }: Request,
  authorization: Authorization | undefined,
  { caller, reply, errorCode }: Outcome,
  at: Date,
): CallRecord {
  return {
    service,
    operation,
    accessKeyId: authorization?.accessKeyId,
    arn: caller && identityOf(caller).Arn,
    mfa: caller !== undefined && mfaTimeOf(caller) !== undefined,
    parameters: Object.fromEntries(Object.entries(parameters).filter(([name]) => SHOWN.test(name))),
    region: authorization?.region,
    status: reply?.status ?? 0,
    errorCode,
    at,
    userAgent: incoming.headers["user-agent"] ?? "",
  };
}
