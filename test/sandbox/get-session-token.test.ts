import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { callerIdentity, expectRefusal, getSessionToken, mfaSession } from "./sts-client.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    users: [
      { name: "alice", devices: ["phone", "GAHT12345678x", "tablet"] },
      { name: "bob", devices: ["bobs-phone"] },
    ],
  });
});
afterAll(() => sandbox.close());

const alice = () => sandbox.user("alice");
const serial = () => alice().serial;

const invalid = (value: string, name: string, constraint: string) =>
  [
    400,
    "ValidationError",
    `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: Member must ${constraint}`,
  ] as const;
const denied = (message: string) => [403, "AccessDenied", message] as const;
const WRONG_CODE = denied("MultiFactorAuthentication failed with invalid MFA one time pass code. ");
const WRONG_SERIAL = denied(
  "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
);
const HALF = denied(
  "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.",
);

describe("GetSessionToken answers", () => {
  it.each([
    ["12 hours when nothing is asked", {}, 43_200],
    ["the shortest", { DurationSeconds: 900 }, 900],
    ["the longest", { DurationSeconds: 129_600 }, 129_600],
  ])("%s", async (_name, input, seconds) => {
    const TokenCode = sandbox.freshCode("alice");
    const { keys, expiration } = await getSessionToken(sandbox, alice(), {
      SerialNumber: serial(),
      TokenCode,
      ...input,
    });
    expect(keys.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(keys.secretAccessKey).toHaveLength(40);
    expect(keys.sessionToken).toHaveLength(400);
    const lifetime = (expiration.getTime() - sandbox.now().getTime()) / 1000;
    expect(lifetime).toBeGreaterThan(seconds - 5);
    expect(lifetime).toBeLessThanOrEqual(seconds);
    expect((await callerIdentity(sandbox, keys)).Arn).toBe(alice().arn);
  });

  it("a session without MFA when no code is given", async () => {
    const { keys } = await getSessionToken(sandbox, alice(), {});
    await callerIdentity(sandbox, keys);
    expect(sandbox.calls.at(-1)).toMatchObject({ accessKeyId: keys.accessKeyId, mfa: false });
  });

  it("each device of the user", async () => {
    for (const { serial } of alice().devices) {
      const TokenCode = sandbox.freshCode(serial);
      await getSessionToken(sandbox, alice(), { SerialNumber: serial, TokenCode });
    }
  });
});

describe("GetSessionToken refuses", () => {
  it.each([
    [
      "a wrong code",
      () => ({ SerialNumber: serial(), TokenCode: sandbox.wrongCode("alice") }),
      WRONG_CODE,
    ],
    [
      "the code of another device",
      () => ({ SerialNumber: serial(), TokenCode: sandbox.freshCode("bob") }),
      WRONG_CODE,
    ],
    [
      "a serial of nobody",
      () => ({ SerialNumber: `${serial()}x`, TokenCode: "123456" }),
      WRONG_SERIAL,
    ],
    [
      "the device of another user",
      () => ({ SerialNumber: sandbox.user("bob").serial, TokenCode: sandbox.freshCode("bob") }),
      WRONG_SERIAL,
    ],
    ["a serial alone", () => ({ SerialNumber: serial() }), HALF],
    ["a code alone", () => ({ TokenCode: "123456" }), HALF],
    [
      "too short a time",
      () => ({ DurationSeconds: 100 }),
      invalid("100", "durationSeconds", "have value greater than or equal to 900"),
    ],
    [
      "too long a time",
      () => ({ DurationSeconds: 129_601 }),
      invalid("129601", "durationSeconds", "have value less than or equal to 129600"),
    ],
    [
      "too short a code",
      () => ({ SerialNumber: serial(), TokenCode: "12345" }),
      invalid("12345", "tokenCode", "have length greater than or equal to 6"),
    ],
    [
      "too long a code",
      () => ({ SerialNumber: serial(), TokenCode: "1234567" }),
      invalid("1234567", "tokenCode", "have length less than or equal to 6"),
    ],
    [
      "letters in a code",
      () => ({ SerialNumber: serial(), TokenCode: "12345a" }),
      invalid("12345a", "tokenCode", "satisfy regular expression pattern: [\\d]*"),
    ],
    [
      "too short a serial",
      () => ({ SerialNumber: "GAHT1234", TokenCode: "123456" }),
      invalid("GAHT1234", "serialNumber", "have length greater than or equal to 9"),
    ],
    [
      "a space in a serial",
      () => ({ SerialNumber: "GAHT 12345678", TokenCode: "123456" }),
      invalid(
        "GAHT 12345678",
        "serialNumber",
        "satisfy regular expression pattern: [\\w+=/:,.@-]*",
      ),
    ],
  ] as const)("%s", async (_name, input, refusal) => {
    await expectRefusal(getSessionToken(sandbox, alice(), input()), refusal);
  });

  it("several wrong parameters at once, each named", async () => {
    const input = { SerialNumber: "GAHT!", TokenCode: "1" };
    await expectRefusal(getSessionToken(sandbox, alice(), input), [
      400,
      "ValidationError",
      "3 validation errors detected: " +
        "Value 'GAHT!' at 'serialNumber' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=/:,.@-]*; " +
        "Value 'GAHT!' at 'serialNumber' failed to satisfy constraint: Member must have length greater than or equal to 9; " +
        "Value '1' at 'tokenCode' failed to satisfy constraint: Member must have length greater than or equal to 6",
    ]);
  });

  it("temporary credentials", async () => {
    const refusal = denied("Cannot call GetSessionToken with session credentials");
    await expectRefusal(getSessionToken(sandbox, await mfaSession(sandbox), {}), refusal);
  });

  it("a code that was used", async () => {
    const input = { SerialNumber: serial(), TokenCode: sandbox.freshCode("alice") };
    await getSessionToken(sandbox, alice(), input);
    await expectRefusal(getSessionToken(sandbox, alice(), input), WRONG_CODE);
  });
});

describe("under load", () => {
  it("fifty clients at once with fifty codes: fifty answers", async () => {
    const users = Array.from({ length: 50 }, (_, i) => ({ name: `u${i}`, devices: [`d${i}`] }));
    const crowded = await startSandbox({ users });
    const sessions = await Promise.all(users.map(({ name }) => mfaSession(crowded, name)));
    expect(new Set(sessions.map((keys) => keys.accessKeyId)).size).toBe(50);
    await crowded.close();
  });

  it("fifty clients at once with one code: one answer", async () => {
    const input = { SerialNumber: serial(), TokenCode: sandbox.freshCode("alice") };
    const answers = await Promise.allSettled(
      Array.from({ length: 50 }, () => getSessionToken(sandbox, alice(), input)),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

describe("sessions", () => {
  it("last as long as the sandbox is told", async () => {
    const brief = await startSandbox({ sessionSeconds: 20, tokenLength: 4096 });
    const { keys, expiration } = await getSessionToken(brief, brief.user("alice"), {});
    expect(expiration.getTime() - Date.now()).toBeLessThanOrEqual(20_000);
    expect(keys.sessionToken).toHaveLength(4096);
    await brief.close();
  });
});
