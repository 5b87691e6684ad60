import { AwsError } from "./aws-error.ts";
import type { Outcome } from "./call-record.ts";
import { errorReply } from "./reply.ts";
import type { Fault } from "./trouble.ts";

/** What a fault answers in place of the service; undefined where the request is handled first. */
export function faultOutcome(fault: Fault, service: string): Outcome | undefined {
  if (fault.kind === "drop") {
    return fault.when === "before" ? { caller: undefined, reply: undefined } : undefined;
  }
  if (fault.kind === "status" && fault.body !== undefined) {
    const { status, body } = fault;
    return { caller: undefined, reply: { status, headers: { "content-type": "text/html" }, body } };
  }
  const error = faultError(fault, service);
  return { caller: undefined, reply: errorReply(service, error), errorCode: error.code };
}

function faultError(fault: Exclude<Fault, { kind: "drop" }>, service: string): AwsError {
  if (fault.kind === "throttle") {
    return service === "s3"
      ? new AwsError(503, "SlowDown", "Please reduce your request rate.")
      : new AwsError(400, "Throttling", "Rate exceeded");
  }
  const [code, message] = usualError(fault.status, service);
  return new AwsError(fault.status, fault.code ?? code, fault.message ?? message);
}

function usualError(status: number, service: string): [code: string, message: string] {
  if (status < 500) return ["AccessDenied", "Access Denied"];
  if (status === 503) {
    return [
      "ServiceUnavailable",
      "The request has failed due to a temporary failure of the server.",
    ];
  }
  if (service === "s3") {
    return ["InternalError", "We encountered an internal error. Please try again."];
  }
  return [
    "InternalFailure",
    "The request processing has failed because of an unknown error, exception or failure.",
  ];
}
