import { get } from "node:http";
import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox, type Trouble } from "../../src/sandbox/sandbox.ts";
import { errorOf, signedFetch } from "./signed-fetch.ts";
import { callerIdentity, expectRefusal, getSessionToken, mfaSession } from "./sts-client.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.trouble.clear());
afterAll(() => sandbox.close());

const alice = () => sandbox.user("alice");
const whoAmI = (attempts = 1) => callerIdentity(sandbox, alice(), { attempts });

describe("faults", () => {
  const UNAVAILABLE = "The request has failed due to a temporary failure of the server.";
  const FAILURE =
    "The request processing has failed because of an unknown error, exception or failure.";

  it.each<[string, (trouble: Trouble) => void, [number, string, string]]>([
    ["500", (t) => t.fail({ status: 500 }), [500, "InternalFailure", FAILURE]],
    ["503", (t) => t.fail({ status: 503 }), [503, "ServiceUnavailable", UNAVAILABLE]],
    ["throttling", (t) => t.throttle(), [400, "Throttling", "Rate exceeded"]],
    [
      "an error of one's own",
      (t) =>
        t.fail({ status: 403, code: "RegionDisabledException", message: "STS is not activated." }),
      [403, "RegionDisabledException", "STS is not activated."],
    ],
  ])("%s meets one request, then all is well", async (_name, cause, error) => {
    cause(sandbox.trouble);
    await expectRefusal(whoAmI(), error);
    expect(sandbox.calls.at(-1)).toMatchObject({ status: error[0], errorCode: error[1] });
    await whoAmI();
  });

  it.each<[string, (trouble: Trouble) => void, [number, string]]>([
    ["500", (t) => t.fail({ status: 500 }), [500, "InternalError"]],
    ["throttling", (t) => t.throttle(), [503, "SlowDown"]],
  ])("%s in the words of S3", async (_name, cause, error) => {
    cause(sandbox.trouble);
    const answer = await signedFetch(sandbox, alice(), { service: "s3" });
    expect((await errorOf(answer)).slice(0, 2)).toEqual(error);
  });

  it.each<[string, (trouble: Trouble) => void]>([
    ["500", (t) => t.fail({ status: 500, times: 2 })],
    ["throttling", (t) => t.throttle({ times: 2 })],
    ["a hang-up", (t) => t.drop("before", { times: 2 })],
  ])(
    "%s is met as often as told: the official client gets through at its third try",
    async (_name, cause) => {
      cause(sandbox.trouble);
      const before = sandbox.calls.length;
      await whoAmI(3);
      expect(sandbox.calls.length - before).toBe(3);
    },
  );

  it("can be kept to one operation, and for all time", async () => {
    sandbox.trouble.fail({ status: 500, times: Infinity, operation: "GetSessionToken" });
    for (const _ of [1, 2]) {
      await whoAmI();
      await expect(getSessionToken(sandbox, alice(), {})).rejects.toThrow(FAILURE);
    }
    sandbox.trouble.clear();
    await getSessionToken(sandbox, alice(), {});
  });

  it("the page of a proxy comes as it is", async () => {
    sandbox.trouble.fail({ status: 502, body: "<html>Bad gateway</html>" });
    const answer = await signedFetch(sandbox, alice(), { service: "sts" });
    expect([answer.status, await answer.text()]).toEqual([502, "<html>Bad gateway</html>"]);
  });
});

describe("hanging up", () => {
  const session = (TokenCode: string) =>
    getSessionToken(sandbox, alice(), { SerialNumber: alice().serial, TokenCode });

  it("before the request is handled leaves the code unused", async () => {
    const code = sandbox.freshCode("alice");
    sandbox.trouble.drop("before");
    await expect(session(code)).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(sandbox.calls.at(-1)).toMatchObject({ operation: "GetSessionToken", status: 0 });
    await session(code);
  });

  it("after it is handled uses the code up", async () => {
    const code = sandbox.freshCode("alice");
    sandbox.trouble.drop("after");
    await expect(session(code)).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(sandbox.calls.at(-1)).toMatchObject({ status: 0, errorCode: undefined });
    await expect(session(code)).rejects.toThrow("invalid MFA one time pass code");
  });
});

describe("slowness", () => {
  it("every answer takes its time, side by side", async () => {
    sandbox.trouble.latencyMs = 150;
    const start = performance.now();
    await Promise.all(Array.from({ length: 20 }, () => whoAmI()));
    const elapsed = performance.now() - start;
    expect(elapsed).toBeGreaterThanOrEqual(149);
    expect(elapsed).toBeLessThan(1500);
  });
});

describe("the clock", () => {
  it.each([-3_600_000, 3_600_000])(
    "%s ms off: codes, expiry and records follow",
    async (offset) => {
      sandbox.trouble.clockOffsetMs = offset;
      const input = { SerialNumber: alice().serial, TokenCode: sandbox.freshCode("alice") };
      const { expiration } = await getSessionToken(sandbox, alice(), input, { attempts: 3 });
      const about = (time: Date | undefined, expected: number) =>
        expect(Math.abs((time?.getTime() ?? 0) - expected)).toBeLessThan(5000);
      about(expiration, Date.now() + offset + 43_200_000);
      about(sandbox.calls.at(-1)?.at, Date.now() + offset);
      about(sandbox.now(), Date.now() + offset);
    },
  );
});

describe("records", () => {
  it("tell what was asked and by whom, to listeners too", async () => {
    const heard: unknown[] = [];
    const stop = sandbox.onCall((call) => heard.push(call));
    const { serial, accessKeyId, arn } = alice();
    const TokenCode = sandbox.freshCode("alice");
    await getSessionToken(sandbox, alice(), {
      SerialNumber: serial,
      TokenCode,
      DurationSeconds: 900,
    });
    stop();
    await whoAmI();
    expect(heard).toEqual([
      {
        service: "sts",
        operation: "GetSessionToken",
        accessKeyId,
        arn,
        mfa: false,
        parameters: { SerialNumber: serial, DurationSeconds: "900" },
        region: "us-east-1",
        status: 200,
        errorCode: undefined,
        at: expect.any(Date),
        userAgent: expect.stringContaining("aws-sdk-js/3"),
      },
    ]);
  });

  it("hold no secret, no token and no code", async () => {
    const TokenCode = sandbox.freshCode("alice");
    const session = await mfaSession(sandbox);
    await callerIdentity(sandbox, session);
    await getSessionToken(sandbox, alice(), { TokenCode }).catch(() => {});
    const text = JSON.stringify(sandbox.calls);
    const { secretAccessKey, devices } = alice();
    for (const secret of [
      secretAccessKey,
      session.secretAccessKey,
      session.sessionToken,
      devices[0]?.secret,
    ]) {
      expect(text).not.toContain(secret);
    }
    expect(text).not.toMatch(/TokenCode|"\d{6}"/);
  });
});

describe("closing", () => {
  it.each([0, 60_000])("takes no time, with answers %s ms away", async (latencyMs) => {
    const other = await startSandbox();
    other.trouble.latencyMs = latencyMs;
    const pending = callerIdentity(other, other.user("alice")).catch((error: Error) => error);
    while (other.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const start = performance.now();
    await other.close();
    expect(performance.now() - start).toBeLessThan(500);
    await pending;
    await expect(callerIdentity(other, other.user("alice"))).rejects.toThrow("ECONNREFUSED");
  });
});

describe("closing leaves nothing behind", () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

  it("no timer that keeps the process alive", async () => {
    const other = await startSandbox();
    const before = timers();
    other.trouble.latencyMs = 60_000;
    const pending = new Promise((resolve) => get(other.url).once("error", resolve));
    while (other.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await other.close();
    await pending;
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it("no connection, not even one with half a request", async () => {
    const other = await startSandbox();
    const socket = connect(Number(new URL(other.url).port), "127.0.0.1");
    socket.on("error", () => {});
    await new Promise<void>((resolve) =>
      socket.write("POST / HTTP/1.1\r\nHost: x\r\n", () => resolve()),
    );
    const hungUp = new Promise((resolve) => socket.once("close", resolve));
    await other.close();
    await hungUp;
  });
});

it("names what it lacks", () => {
  expect(() => sandbox.user("eve")).toThrow("The sandbox has no user eve.");
  expect(() => sandbox.role("root")).toThrow("The sandbox has no role root.");
  expect(() => sandbox.code("arn:aws:iam::123456789012:mfa/none")).toThrow("no user arn:aws");
});
