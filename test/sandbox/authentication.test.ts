import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { element, errorOf, signedFetch, type RawRequest } from "./signed-fetch.ts";
import {
  callerIdentity,
  expectRefusal,
  getSessionToken,
  mfaSession,
  stsClient,
  type Keys,
} from "./sts-client.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    users: [
      { name: "alice", devices: ["phone"], keys: 2 },
      { name: "gov", partition: "aws-us-gov", devices: ["phone"] },
    ],
  });
});
afterEach(() => sandbox.trouble.clear());
afterAll(() => sandbox.close());

const MINUTE = 60_000;
const alice = () => sandbox.user("alice");
const whoAmI: RawRequest = {
  service: "sts",
  method: "POST",
  body: "Action=GetCallerIdentity&Version=2011-06-15",
  headers: { "content-type": "application/x-www-form-urlencoded" },
};
const list: RawRequest = { service: "s3" };

const INVALID = [
  403,
  "InvalidClientTokenId",
  "The security token included in the request is invalid.",
] as const;
const INVALID_KEY = [
  403,
  "InvalidAccessKeyId",
  "The AWS Access Key Id you provided does not exist in our records.",
] as const;
const INVALID_TOKEN = [
  400,
  "InvalidToken",
  "The provided token is malformed or otherwise invalid.",
] as const;
const MISMATCH = [
  403,
  "SignatureDoesNotMatch",
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
] as const;
const S3_MISMATCH = [
  403,
  "SignatureDoesNotMatch",
  "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
] as const;

type Make = () => Keys | Promise<Keys>;
const session: Make = () => mfaSession(sandbox);
const changed = (make: Make, change: Partial<Keys>) => async () => ({
  ...(await make()),
  ...change,
});

describe("credentials", () => {
  it.each([
    [
      "an unknown key",
      changed(alice, { accessKeyId: "AKIAAAAAAAAAAAAAAAAA" }),
      INVALID,
      INVALID_KEY,
    ],
    ["a wrong secret", changed(alice, { secretAccessKey: "wrong" }), MISMATCH, S3_MISMATCH],
    [
      "a token with long-term keys",
      changed(alice, { sessionToken: "surplus" }),
      INVALID,
      INVALID_TOKEN,
    ],
    [
      "a session without its token",
      changed(session, { sessionToken: undefined }),
      INVALID,
      INVALID_TOKEN,
    ],
    [
      "a session with another token",
      changed(session, { sessionToken: "other" }),
      INVALID,
      INVALID_TOKEN,
    ],
    [
      "a session with a wrong secret",
      changed(session, { secretAccessKey: "wrong" }),
      MISMATCH,
      S3_MISMATCH,
    ],
  ] as const)("%s", async (_name, make, ofSts, ofS3) => {
    const keys = await make();
    expect(await errorOf(await signedFetch(sandbox, keys, whoAmI))).toEqual(ofSts);
    expect(await errorOf(await signedFetch(sandbox, keys, list))).toEqual(ofS3);
  });

  it("every key of a user works until it is revoked", async () => {
    const second = alice().keys[1]!;
    expect((await callerIdentity(sandbox, second)).Arn).toBe(alice().arn);
    sandbox.revoke(second.accessKeyId);
    await expectRefusal(callerIdentity(sandbox, second), INVALID);
    await callerIdentity(sandbox, alice());
  });

  it("expired sessions", async () => {
    const keys = await mfaSession(sandbox);
    sandbox.expireSessions();
    expect(await errorOf(await signedFetch(sandbox, keys, whoAmI))).toEqual([
      403,
      "ExpiredToken",
      "The security token included in the request is expired",
    ]);
    expect(await errorOf(await signedFetch(sandbox, keys, list))).toEqual([
      400,
      "ExpiredToken",
      "The provided token has expired.",
    ]);
  });

  it("sessions expire by themselves", async () => {
    const input = { DurationSeconds: 900 };
    const { keys } = await getSessionToken(sandbox, alice(), input);
    sandbox.trouble.clockOffsetMs = 901_000;
    // The client's clock is right by the reply's Date from its second attempt on.
    const late = callerIdentity(sandbox, keys, { attempts: 3 });
    await expect(late).rejects.toMatchObject({ name: "ExpiredToken" });
  });

  it.each([
    ["us-east-1", "alice", true],
    ["us-gov-west-1", "gov", true],
    ["us-gov-west-1", "alice", false],
    ["us-east-1", "gov", false],
    ["cn-north-1", "alice", false],
  ])("in %s the key of %s is known: %s", async (region, name, known) => {
    const identity = callerIdentity(sandbox, sandbox.user(name), { region });
    if (known) expect((await identity).Arn).toBe(sandbox.user(name).arn);
    else await expectRefusal(identity, INVALID);
  });
});

describe("signatures", () => {
  it.each([
    [
      "another body",
      { ...whoAmI, forgedBody: "Action=GetSessionToken&Version=2011-06-15" },
      [400, "XAmzContentSHA256Mismatch"],
    ],
    [
      "another signed header",
      { ...whoAmI, headers: { ...whoAmI.headers, "x-team": "a" }, forged: { "x-team": "b" } },
      [403, "SignatureDoesNotMatch"],
    ],
    [
      "another signature",
      {
        ...list,
        forged: {
          authorization:
            "AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00",
        },
      },
      [403, "InvalidAccessKeyId"],
    ],
    [
      "none at STS",
      { ...whoAmI, forged: { authorization: "" } },
      [403, "MissingAuthenticationToken"],
    ],
    ["none at S3", { ...list, forged: { authorization: "" } }, [403, "AccessDenied"]],
  ] as const)("%s", async (_name, request, error) => {
    const response = await signedFetch(sandbox, alice(), request);
    expect((await errorOf(response)).slice(0, 2)).toEqual(error);
  });

  it.each([
    [
      "a GET with a query",
      { service: "sts", query: { Action: "GetCallerIdentity", Version: "2011-06-15" } },
    ],
    [
      "odd characters in a query",
      { service: "sts", query: { Action: "GetCallerIdentity", x: "a b+c/ü*'" } },
    ],
    ["an unsigned header", { ...whoAmI, forged: { "x-from-a-proxy": "1" } }],
    [
      "odd spaces in a signed header",
      { ...whoAmI, headers: { ...whoAmI.headers, "x-note": "  a   b " } },
    ],
  ] as const)("accepts %s", async (_name, request) => {
    const response = await signedFetch(sandbox, alice(), request);
    expect([response.status, element(await response.text(), "Arn")]).toEqual([200, alice().arn]);
  });
});

describe("clocks", () => {
  const at = (minutes: number) => ({ signingDate: new Date(Date.now() + minutes * MINUTE) });

  it.each([
    [-4.9, 200, 200],
    [4.9, 200, 200],
    [-5.1, "SignatureDoesNotMatch", 200],
    [5.1, "SignatureDoesNotMatch", 200],
    [-15.1, "SignatureDoesNotMatch", "RequestTimeTooSkewed"],
    [15.1, "SignatureDoesNotMatch", "RequestTimeTooSkewed"],
  ])("%s minutes off: STS says %s, S3 %s", async (minutes, ofSts, ofS3) => {
    const keys = await mfaSession(sandbox);
    const outcome = async (request: RawRequest) => {
      const response = await signedFetch(sandbox, keys, { ...request, ...at(minutes) });
      return element(await response.text(), "Code") ?? response.status;
    };
    expect([await outcome(whoAmI), await outcome(list)]).toEqual([ofSts, ofS3]);
  });

  it.each([
    [
      -10,
      /^Signature expired: (\d{8}T\d{6}Z) is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/,
    ],
    [
      10,
      /^Signature not yet current: (\d{8}T\d{6}Z) is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 5 min\.\)$/,
    ],
  ])("%s minutes off, in AWS's words", async (minutes, words) => {
    const response = await signedFetch(sandbox, alice(), { ...whoAmI, ...at(minutes) });
    const [status, code, message] = await errorOf(response);
    expect([status, code]).toEqual([403, "SignatureDoesNotMatch"]);
    expect(message).toMatch(words);
  });

  it("the Date of the reply is the server's, and the official client learns from it", async () => {
    sandbox.trouble.clockOffsetMs = 60 * MINUTE;
    const response = await signedFetch(sandbox, alice(), whoAmI);
    const ahead = Date.parse(response.headers.get("date") ?? "") - Date.now();
    expect(Math.abs(ahead - 60 * MINUTE)).toBeLessThan(5000);
    const { Arn } = await callerIdentity(sandbox, alice(), { attempts: 3 });
    expect(Arn).toBe(alice().arn);
  });
});

describe("operations", () => {
  it("an unknown one of STS", async () => {
    const response = await signedFetch(sandbox, alice(), {
      service: "sts",
      query: { Action: "GetMoney" },
    });
    expect(await errorOf(response)).toEqual([
      400,
      "InvalidAction",
      "Could not find operation GetMoney for version 2011-06-15",
    ]);
  });

  it("the client of the official SDK reads the request id", async () => {
    const client = stsClient(sandbox, alice());
    const { GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
    const { $metadata } = await client.send(new GetCallerIdentityCommand({}));
    expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });
});
