import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseIni } from "../../src/core/aws-files/ini.ts";
import { profileFiles } from "../../src/core/aws-files/profile.ts";
import type { Context } from "../../src/core/context.ts";
import { planCredentials } from "../../src/core/plan/plan-credentials.ts";
import type { SessionRequest } from "../../src/core/request/session-request.ts";
import { lastingSession } from "../../src/session/lasting-session.ts";
import { noteRenewal, saveSession } from "../../src/session/save-session.ts";
import { findSession } from "../../src/session/store.ts";
import { silentReport } from "../support/silent-report.ts";

const now = new Date("2026-03-04T05:06:07Z");
const endpoint = "http://127.0.0.1:9";

let home: string;
let asked: number;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "awsmfa-test-"));
  asked = 0;
});
afterEach(() => rmSync(home, { recursive: true }));

/** Where somebody is asked, and gives no code. */
function contextOf(agoSeconds = 0): Context {
  const then = new Date(now.getTime() - agoSeconds * 1000);
  const codeProvider = (): Promise<string> => {
    asked++;
    return Promise.reject(new Error("the user was asked"));
  };
  return { env: { HOME: home }, now: () => then, report: silentReport, codeProvider };
}

function devRequest(): SessionRequest {
  const serial = "arn:aws:iam::123456789012:mfa/phone";
  const keys = "aws_access_key_id=AKIA\naws_secret_access_key=s\n";
  const dev = `[dev]\n${keys}mfa_serial=${serial}\nendpoint_url=${endpoint}\nregion=us-east-1\n`;
  const files = profileFiles(parseIni(""), parseIni(dev));
  const plan = planCredentials({ env: {}, files, exportedSession: () => undefined }, "dev");
  if (plan.kind !== "session") throw new Error("No session is planned.");
  return plan.request;
}

/** Stores a session of twelve hours that has so many seconds left. */
function store(accessKeyId: string, left: number): void {
  const expiration = new Date(now.getTime() + left * 1000);
  const session = { accessKeyId, secretAccessKey: "s", sessionToken: "t", expiration };
  saveSession(contextOf(43_200 - left), devRequest(), session);
}

describe("lastingSession", () => {
  it.each([
    ["none", undefined],
    ["one near its end", 800],
  ])("takes what another process stored since it found %s", async (_found, left) => {
    if (left !== undefined) store("ASIAOLD", left);
    const session = lastingSession(contextOf(), devRequest());
    store("ASIANEW", 43_000);
    expect(await session).toMatchObject({ accessKeyId: "ASIANEW" });
    expect(asked).toBe(0);
  });

  it("does not ask where another process began to since it looked", async () => {
    store("ASIAOLD", 800);
    const session = lastingSession(contextOf(), devRequest());
    noteRenewal(contextOf(), devRequest(), findSession(contextOf(), devRequest())!);
    expect(await session).toMatchObject({ accessKeyId: "ASIAOLD" });
    expect(asked).toBe(0);
  });

  it("of many at once in one process one asks, and all have what comes of it", async () => {
    const context = contextOf();
    const all = await Promise.allSettled(
      Array.from({ length: 5 }, () => lastingSession(context, devRequest())),
    );
    expect(all.map(({ status }) => status)).toEqual(Array(5).fill("rejected"));
    expect(asked).toBe(1);
    await expect(lastingSession(contextOf(), devRequest())).rejects.toThrow("was asked");
    expect(asked).toBe(2);
  });
});

describe("noteRenewal", () => {
  it("lets one of those who found the same session try", () => {
    store("ASIAOLD", 800);
    const found = findSession(contextOf(), devRequest())!;
    const tried = Array.from({ length: 3 }, () => noteRenewal(contextOf(), devRequest(), found));
    expect(tried).toEqual([true, false, false]);
  });
});
