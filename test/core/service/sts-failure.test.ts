import { describe, expect, it } from "vitest";
import { isClockFault, isWrongCode, type Rejection } from "../../../src/core/service/rejection.ts";
import { stsError, wrongCodeError } from "../../../src/core/service/sts-failure.ts";
import type { StsQuestion } from "../../../src/core/service/sts-question.ts";

const question: StsQuestion = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  profile: "dev",
  role: undefined,
  device: { serial: "arn:aws:iam::123456789012:mfa/phone", setting: "mfa_serial", profile: "dev" },
  sts: { region: "eu-west-1", endpointUrl: undefined, caBundle: undefined },
};
const role = "arn:aws:iam::123456789012:role/R";
const now = new Date("2030-01-01T12:00:00Z");
const asked = "profile dev, key …MPLE, device phone, STS eu-west-1";

function rejection(code: string, status: number | undefined, message: string): Rejection {
  return { code, status, message, serverTime: undefined };
}

const wrongCode = "MultiFactorAuthentication failed with invalid MFA one time pass code.";
const unknownDevice =
  "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.";

describe("what STS says becomes a sentence", () => {
  // AWS's code, status, AWS's message, what happened, what to do, exit code
  // prettier-ignore
  it.each<[string, number | undefined, string, what: string, hint: RegExp, exitCode: number]>([
    ["AccessDenied", 403, unknownDevice, "AWS does not know this MFA device for this user", /mfa_serial of profile dev: it is arn:aws:iam::123456789012:mfa\/phone/, 254],
    ["AccessDenied", 403, "Cannot call GetSessionToken with session credentials", "these keys are temporary, and AWS gives MFA sessions to long-term keys alone", /Remove mfa_serial/, 254],
    ["AccessDenied", 403, "User: arn:aws:iam::1:user/a is not authorized to perform: sts:GetSessionToken", "AWS refused: User: arn:aws:iam::1:user/a is not authorized to perform: sts:GetSessionToken", /administrator/, 254],
    ["AccessDeniedException", 400, "Roles may not be assumed by root accounts.", "AWS refused: Roles may not be assumed by root accounts.", /administrator/, 254],
    ["InvalidClientTokenId", 403, "The security token included in the request is invalid.", "AWS does not know this access key", /deleted or deactivated|partition/, 254],
    ["UnrecognizedClientException", 400, "The security token included in the request is invalid.", "AWS does not know this access key", /deleted or deactivated/, 254],
    ["SignatureDoesNotMatch", 403, "The request signature we calculated does not match the signature you provided.", "the secret access key does not belong to this access key", /AWS files/, 254],
    ["IncompleteSignature", 400, "Authorization header requires 'Credential' parameter.", "the secret access key does not belong to this access key", /AWS files/, 254],
    ["SignatureDoesNotMatch", 403, "Signature expired: 20300101T110000Z is now earlier than 20300101T115000Z", "AWS refused the signature for its time", /clock is wrong.* Set the clock/, 254],
    ["SignatureDoesNotMatch", 403, "Signature not yet current: 20300101T130000Z is still later than 20300101T120500Z", "AWS refused the signature for its time", /Set the clock/, 254],
    ["RequestExpired", 400, "Request has expired.", "AWS refused the signature for its time", /Set the clock/, 254],
    ["RequestTimeTooSkewed", 403, "The difference between the request time and the current time is too large.", "AWS refused the signature for its time", /Set the clock/, 254],
    ["RequestInTheFuture", 403, "x", "AWS refused the signature for its time", /Set the clock/, 254],
    ["ExpiredToken", 403, "The security token included in the request is expired", "the keys that the session was asked with have expired", /Renew them/, 254],
    ["ExpiredTokenException", 400, "The security token included in the request is expired", "the keys that the session was asked with have expired", /Renew them/, 254],
    ["ValidationError", 400, "1 validation error detected: Value 'x' at 'serialNumber' failed to satisfy constraint", "AWS refused the request: 1 validation error detected: Value 'x' at 'serialNumber' failed to satisfy constraint", /AWS_MFA_TTL and mfa_serial/, 254],
    ["Throttling", 400, "Rate exceeded", "AWS is busy and asks to slow down", /in a minute/, 254],
    ["ThrottlingException", 400, "Rate exceeded", "AWS is busy and asks to slow down", /in a minute/, 254],
    ["TooManyRequestsException", 429, "x", "AWS is busy and asks to slow down", /in a minute/, 254],
    ["RequestLimitExceeded", 503, "x", "AWS is busy and asks to slow down", /in a minute/, 254],
    ["InternalFailure", 500, "x", "AWS had a fault of its own", /next code/, 254],
    ["ServiceUnavailable", 503, "x", "AWS had a fault of its own", /next code/, 254],
    ["BadGateway", 502, "<html>", "AWS had a fault of its own", /next code/, 254],
    ["RegionDisabledException", 403, "STS is not activated in this region for account:1.", "AWS refused: STS is not activated in this region for account:1.", /administrator/, 254],
    ["OptInRequired", 403, "The AWS Access Key Id needs a subscription for the service", "AWS refused: The AWS Access Key Id needs a subscription for the service", /administrator/, 254],
    ["NotFound", 404, "x", "AWS refused: x", /administrator/, 254],
    ["UnexpectedAnswer", 200, "<html>", "the answer (HTTP 200) was not one of STS", /endpoint and the proxy/, 255],
    ["UnexpectedAnswer", 502, "<html>", "the answer (HTTP 502) was not one of STS", /sign in first/, 255],
    ["UnexpectedAnswer", 407, "<html>", "the answer (HTTP 407) was not one of STS", /The proxy wants a name and a password/, 255],
    ["ECONNREFUSED", undefined, "connect ECONNREFUSED 127.0.0.1:1", "STS could not be reached", /network, the proxy variables/, 255],
    ["ENOTFOUND", undefined, "getaddrinfo ENOTFOUND sts.x.amazonaws.com", "STS could not be reached", /region or endpoint/, 255],
    ["EAI_AGAIN", undefined, "x", "STS could not be reached", /network/, 255],
    ["ETIMEDOUT", undefined, "x", "STS gave no answer", /code may be used up/, 255],
    ["ECONNRESET", undefined, "socket hang up", "STS gave no answer", /code may be used up/, 255],
    ["TimeoutError", undefined, "x", "STS gave no answer", /code may be used up/, 255],
    ["SELF_SIGNED_CERT_IN_CHAIN", undefined, "x", "the certificate of the STS endpoint is not trusted", /AWS_CA_BUNDLE/, 255],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", undefined, "x", "the certificate of the STS endpoint is not trusted", /ca_bundle/, 255],
    ["ERR_TLS_CERT_ALTNAME_INVALID", undefined, "x", "the certificate of the STS endpoint is not trusted", /ca_bundle/, 255],
    ["CERT_HAS_EXPIRED", undefined, "x", "the certificate of the STS endpoint is not trusted", /ca_bundle/, 255],
    ["EPROTO", undefined, "x", "the STS endpoint does not speak TLS as it should", /https:/, 255],
  ])("%s %s %s", (code, status, message, what, hint, exitCode) => {
    const error = stsError(rejection(code, status, message), question, now);
    expect(error).toMatchObject({ code, exitCode, message: `${what} (${code}; ${asked}).` });
    expect(error.hint).toMatch(hint);
    expect(error.hint).toMatch(/^[A-Z].*\.$/);
  });
});

describe("what STS says of a role", () => {
  const whoMay =
    "Check role_arn (of refresh: --assume-role), external_id and whom the role trusts.";
  const notAuthorized = `User: arn:aws:iam::1:user/a is not authorized to perform: sts:AssumeRole on resource: ${role}`;
  const tooLong = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";

  // AWS's code, status, AWS's message, what happened, what to do with a code, and without one
  // prettier-ignore
  it.each<[string, number | undefined, string, what: string, hint: string, withoutCode?: string]>([
    ["AccessDenied", 403, notAuthorized, `AWS refused: ${notAuthorized}`, whoMay],
    ["AccessDenied", 403, "Roles may not be assumed by root accounts.", "AWS refused: Roles may not be assumed by root accounts.", whoMay],
    ["MalformedPolicyDocument", 400, "x", "AWS refused: x", whoMay],
    ["ValidationError", 400, tooLong, `AWS refused the request: ${tooLong}`, "Lower duration_seconds (of refresh: --duration), or have the role's maximum raised."],
    ["ValidationError", 400, "Value 'x' at 'tags'", "AWS refused the request: Value 'x' at 'tags'", "Check role_arn (of refresh: --assume-role) and what else is said of the role."],
    ["InternalFailure", 500, "x", "AWS had a fault of its own", "Try again with the next code.", "Try again."],
    ["ServiceUnavailable", 503, "x", "AWS had a fault of its own", "Try again with the next code.", "Try again."],
    ["ECONNRESET", undefined, "x", "STS gave no answer", "The code may be used up: check the network, and try again with the next code.", "Check the network, and try again."],
    ["ETIMEDOUT", undefined, "x", "STS gave no answer", "The code may be used up: check the network, and try again with the next code.", "Check the network, and try again."],
    ["ECONNREFUSED", undefined, "x", "STS could not be reached", "Check the network, the proxy variables and the region or endpoint, then try again."],
    ["Throttling", 400, "x", "AWS is busy and asks to slow down", "Try again in a minute."],
    ["RegionDisabledException", 403, "STS is off.", "AWS refused: STS is off.", "Ask the administrator of the account."],
    ["ExpiredToken", 403, "x", "the keys that the session was asked with have expired", "Renew them and try again."],
    ["InvalidClientTokenId", 403, "x", "AWS does not know this access key", "It was deleted or deactivated, or belongs to another partition than the region's."],
    ["RequestExpired", 400, "x", "AWS refused the signature for its time", "This computer's clock is wrong. Set the clock."],
  ])("%s %s %s", (code, status, message, what, hint, withoutCode = hint) => {
    const answer = rejection(code, status, message);
    const of = `profile dev, role ${role}, key …MPLE`;
    expect(stsError(answer, { ...question, role }, now)).toMatchObject({
      message: `${what} (${code}; ${of}, device phone, STS eu-west-1).`,
      hint,
    });
    expect(stsError(answer, { ...question, role, device: undefined }, now)).toMatchObject({
      message: `${what} (${code}; ${of}, STS eu-west-1).`,
      hint: withoutCode,
    });
  });
});

describe("without a code", () => {
  it.each<[code: string, status: number | undefined]>([
    ["AccessDenied", 403],
    ["InvalidClientTokenId", 403],
    ["SignatureDoesNotMatch", 403],
    ["RequestExpired", 400],
    ["ExpiredToken", 403],
    ["ValidationError", 400],
    ["Throttling", 400],
    ["InternalFailure", 500],
    ["UnexpectedAnswer", 200],
    ["UnexpectedAnswer", 407],
    ["ECONNREFUSED", undefined],
    ["ECONNRESET", undefined],
    ["CERT_HAS_EXPIRED", undefined],
    ["EPROTO", undefined],
  ])("nobody is told of one: %s %s", (code, status) => {
    for (const asked of [question, { ...question, role }]) {
      const answer = rejection(code, status, "x");
      const { message, hint } = stsError(answer, { ...asked, device: undefined }, now);
      expect(`${message} ${hint}`).not.toMatch(/\bcode\b|device|phone/);
      const same = stsError(answer, asked, now);
      expect(same.code).toBe(code);
      expect(same.message).toContain("device phone");
    }
  });
});

describe("whose session it was to be", () => {
  // prettier-ignore
  it.each<
    [name: string, changed: Partial<StsQuestion>, words: string]
  >([
    ["a profile", {}, asked],
    ["environment keys", { profile: undefined }, "environment keys, key …MPLE, device phone, STS eu-west-1"],
    ["a hardware device", { device: { serial: "GAHT12345678", setting: "AWS_MFA_SERIAL", profile: undefined } }, "profile dev, key …MPLE, device GAHT12345678, STS eu-west-1"],
    ["no device", { device: undefined }, "profile dev, key …MPLE, STS eu-west-1"],
    ["a role", { role }, `profile dev, role ${role}, key …MPLE, device phone, STS eu-west-1`],
    ["a role without a code", { role, device: undefined }, `profile dev, role ${role}, key …MPLE, STS eu-west-1`],
    ["a hostile role", { role: "a\u001b[2J" }, "profile dev, role a?[2J, key …MPLE, device phone, STS eu-west-1"],
    ["a hostile profile", { profile: "a\u001b[2J\nb" }, "profile a?[2J?b, key …MPLE, device phone, STS eu-west-1"],
  ])("%s", (_name, changed, words) => {
    const whose = { ...question, ...changed };
    expect(stsError(rejection("AccessDenied", 403, "No."), whose, now).message).toContain(words);
    expect(wrongCodeError(whose, "that code").message).toContain(`(AccessDenied; ${words})`);
  });

  it("an endpoint is named, without the password in it", () => {
    const sts = { ...question.sts, endpointUrl: "http://me:secret@sts:1/" };
    const error = stsError(rejection("Throttling", 400, "x"), { ...question, sts }, now);
    expect(error.message).toContain("STS http://sts:1/)");
    expect(error.message).not.toContain("secret");
  });
});

describe("a wrong code", () => {
  it.each<[code: string, message: string, isWrong: boolean]>([
    ["AccessDenied", wrongCode, true],
    ["AccessDenied", wrongCode.toUpperCase(), true],
    ["AccessDenied", unknownDevice, false],
    ["AccessDenied", "Cannot call GetSessionToken with session credentials", false],
    ["AccessDenied", "", false],
    ["ValidationError", wrongCode, false],
    ["Throttling", "Rate exceeded", false],
  ])("%s %j: %s", (code, message, isWrong) => {
    expect(isWrongCode(rejection(code, 403, message))).toBe(isWrong);
  });

  it("that nobody can mend is told with the way out", () => {
    expect(wrongCodeError(question, "that code")).toMatchObject({
      code: "WrongCode",
      exitCode: 254,
      message: `AWS did not accept that code: wrong, or already used (AccessDenied; ${asked}).`,
      hint: "Wait for the next code, check the clock of the device, and try again.",
    });
  });
});

describe("the clock", () => {
  it.each<[serverTime: string | undefined, words: string]>([
    ["2030-01-01T12:10:00Z", "This computer's clock is 600 s behind AWS. Set the clock."],
    ["2030-01-01T11:50:00Z", "This computer's clock is 600 s ahead of AWS. Set the clock."],
    ["2029-12-31T12:00:00Z", "This computer's clock is 86400 s ahead of AWS. Set the clock."],
    [undefined, "This computer's clock is wrong. Set the clock."],
  ])("AWS at %s: %s", (serverTime, words) => {
    const answer = {
      ...rejection("RequestExpired", 400, "x"),
      serverTime: serverTime === undefined ? undefined : new Date(serverTime),
    };
    expect(stsError(answer, question, now).hint).toBe(words);
  });

  it.each<[code: string, message: string, isClock: boolean]>([
    ["RequestExpired", "", true],
    ["RequestTimeTooSkewed", "", true],
    ["RequestInTheFuture", "", true],
    ["SignatureDoesNotMatch", "Signature expired: …", true],
    ["SignatureDoesNotMatch", "Signature not yet current: …", true],
    ["SignatureDoesNotMatch", "The request signature we calculated does not match", false],
    ["ExpiredToken", "The security token included in the request is expired", false],
    ["AccessDenied", "Signature expired", false],
  ])("%s %j: %s", (code, message, isClock) => {
    expect(isClockFault(rejection(code, 403, message))).toBe(isClock);
  });
});

describe("every message", () => {
  const hostile = ["a\u001b[2Jb", "line\nbreak", "\u202eright to left", "x".repeat(10_000)];

  it.each(hostile)("is a line that cannot harm a terminal: %j", (text) => {
    for (const status of [200, 400, 500, undefined]) {
      const { message, hint, code } = stsError(rejection(text, status, text), question, now);
      for (const part of [message, hint, code]) expect(part).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(message.length).toBeLessThan(2000);
    }
  });
});
