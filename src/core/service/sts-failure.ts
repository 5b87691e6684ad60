import { AwsmfaError, ExitCode } from "../errors.ts";
import { printable } from "../printable.ts";
import { settingOf } from "../request/mfa-device.ts";
import {
  isClockFault,
  isExpired,
  isUnknownKey,
  unexpectedAnswer,
  type Rejection,
} from "./rejection.ts";
import { describeQuestion, type StsQuestion } from "./sts-question.ts";

/** Turns a rejection into a sentence that says what happened, with what, and what to do. */
export function stsError(rejection: Rejection, question: StsQuestion, now: Date): AwsmfaError {
  const code = quoted(rejection.code);
  const [what, hint] = explain(rejection, question, now);
  return new AwsmfaError(`${what} (${code}; ${describeQuestion(question)}).`, {
    code,
    exitCode: isAwsAnswer(rejection) ? ExitCode.refused : ExitCode.general,
    hint,
  });
}

function isAwsAnswer({ code, status }: Rejection): boolean {
  return status !== undefined && code !== unexpectedAnswer;
}

/** No code was accepted, the last one being this, and there is nobody left to ask. */
export function wrongCodeError(question: StsQuestion, what: string): AwsmfaError {
  return new AwsmfaError(
    `AWS did not accept ${what}: wrong, or already used (AccessDenied; ${describeQuestion(question)}).`,
    {
      // AWS's own code, which is said, stands for other things as well.
      code: "WrongCode",
      exitCode: ExitCode.refused,
      hint: "Wait for the next code, check the clock of the device, and try again.",
    },
  );
}

/** What somebody else wrote (a proxy may answer with a whole page), fit for one of our messages. */
function quoted(text: string): string {
  const shown = printable(text.trim());
  return shown.length > longestQuote ? `${shown.slice(0, longestQuote)}…` : shown;
}

const longestQuote = 400;

function explain(
  rejection: Rejection,
  question: StsQuestion,
  now: Date,
): [what: string, hint: string] {
  const { code, message, status } = rejection;
  const { role, device } = question;
  if (status === undefined) return explainNetwork(code, question);
  if (code === unexpectedAnswer) {
    return [
      `the answer (HTTP ${status}) was not one of STS`,
      status === 407
        ? "The proxy wants a name and a password: HTTPS_PROXY=http://name:password@host:port."
        : "Check the endpoint and the proxy, and whether the network wants you to sign in first.",
    ];
  }
  if (/unable to validate MFA code/i.test(message)) {
    return [
      "AWS does not know this MFA device for this user",
      `Check ${device === undefined ? "mfa_serial" : settingOf(device)}: it is ${printable(device?.serial ?? "")}, and must be a device of the key's own user.`,
    ];
  }
  if (/session credentials/i.test(message)) {
    return [
      "these keys are temporary, and AWS gives MFA sessions to long-term keys alone",
      "Remove mfa_serial from this profile, or use the keys of the IAM user.",
    ];
  }
  if (isUnknownKey(rejection)) {
    return [
      "AWS does not know this access key",
      "It was deleted or deactivated, or belongs to another partition than the region's.",
    ];
  }
  if (isClockFault(rejection)) {
    return ["AWS refused the signature for its time", `${skew(rejection, now)} Set the clock.`];
  }
  if (code === "SignatureDoesNotMatch" || code === "IncompleteSignature") {
    return [
      "the secret access key does not belong to this access key",
      "Check both in your AWS files.",
    ];
  }
  if (isExpired(rejection)) {
    return ["the keys that the session was asked with have expired", "Renew them and try again."];
  }
  if (code === "ValidationError") {
    return [`AWS refused the request: ${quoted(message)}`, checkSettings(message, role)];
  }
  if (/^(Throttling|TooManyRequests|RequestLimitExceeded)/.test(code)) {
    return ["AWS is busy and asks to slow down", "Try again in a minute."];
  }
  if (status >= 500) {
    return [
      "AWS had a fault of its own",
      `Try again${device === undefined ? "" : " with the next code"}.`,
    ];
  }
  if (role === undefined || code === "RegionDisabledException") {
    return [`AWS refused: ${quoted(message)}`, "Ask the administrator of the account."];
  }
  return [
    `AWS refused: ${quoted(message)}`,
    "Check role_arn (of refresh: --assume-role), external_id and whom the role trusts.",
  ];
}

function checkSettings(message: string, role: string | undefined): string {
  if (role === undefined) return "Check AWS_MFA_TTL and mfa_serial.";
  return /DurationSeconds/.test(message)
    ? "Lower duration_seconds (of refresh: --duration), or have the role's maximum raised."
    : "Check role_arn (of refresh: --assume-role) and what else is said of the role.";
}

/** What is said of a request that got no answer, by the code of Node's error. */
function explainNetwork(code: string, { device }: StsQuestion): [what: string, hint: string] {
  if (/^(EPROTO|ERR_SSL)/.test(code)) {
    return [
      "the STS endpoint does not speak TLS as it should",
      "Check the endpoint and the proxy: https:// may stand where http:// is meant.",
    ];
  }
  if (/CERT|SIGNATURE|INVALID_CA/.test(code)) {
    return [
      "the certificate of the STS endpoint is not trusted",
      "Behind a company's proxy, point AWS_CA_BUNDLE or ca_bundle at its certificates.",
    ];
  }
  if (/^(ECONNREFUSED|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH)/.test(code)) {
    return [
      "STS could not be reached",
      "Check the network, the proxy variables and the region or endpoint, then try again.",
    ];
  }
  return [
    "STS gave no answer",
    device === undefined
      ? "Check the network, and try again."
      : "The code may be used up: check the network, and try again with the next code.",
  ];
}

function skew({ serverTime }: Rejection, now: Date): string {
  if (serverTime === undefined) return "This computer's clock is wrong.";
  const seconds = Math.round((now.getTime() - serverTime.getTime()) / 1000);
  const direction = seconds < 0 ? "behind" : "ahead of";
  return `This computer's clock is ${Math.abs(seconds)} s ${direction} AWS.`;
}
