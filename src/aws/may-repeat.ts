import { isClockFault, type Rejection } from "../core/service/rejection.ts";

/** Whether a request may fare better the next time, and loses nothing by it. */
export function mayRepeat(rejection: Rejection, hasCode: boolean): boolean {
  return leavesCodeUnspent(rejection) || (!hasCode && isPassing(rejection));
}

/**
 * Whether the same code may be sent again. Once a request may have arrived its code may be spent, so
 * only those are repeated that were refused before the code was looked at, or never got there.
 */
function leavesCodeUnspent(rejection: Rejection): boolean {
  const { code, status } = rejection;
  if (status === undefined) return code === "ECONNREFUSED" || code === "EAI_AGAIN";
  // The SDK has set its clock by the refusal.
  return isClockFault(rejection) || /^(Throttling|RequestLimitExceeded)/.test(code);
}

/** Whether it was but the network, or a fault of AWS's own. */
function isPassing({ code, status }: Rejection): boolean {
  return status === undefined ? /^(ECONN|EPIPE)/.test(code) : status >= 500;
}
