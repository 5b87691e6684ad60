import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseIni, type IniDocument } from "../../src/core/aws-files/ini.ts";
import { profileFiles } from "../../src/core/aws-files/profile.ts";
import type { Context } from "../../src/core/context.ts";
import { planRefresh } from "../../src/core/refresh/plan-refresh.ts";
import type { MfaSessionRequest } from "../../src/core/request/mfa-session-request.ts";
import { mfaRequestOf } from "../../src/core/request/session-request.ts";
import { saveSession } from "../../src/session/save-session.ts";
import { isOfOthers, writtenSession } from "../../src/session/written-session.ts";

const now = new Date("2026-03-04T05:06:07Z");
const silent = () => undefined;
const report = { say: silent, sayOnce: silent, debug: silent };

let home: string;
let context: Context;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "awsmfa-test-"));
  context = { env: { HOME: home }, now: () => now, report };
});
afterEach(() => rmSync(home, { recursive: true }));

/** What `refresh` asks for with this key and device. */
function requestOf(
  keyId: string,
  serial: string,
  env: Record<string, string> = {},
): MfaSessionRequest {
  const keys = `[dev-long-term]\naws_access_key_id=${keyId}\naws_secret_access_key=s\nmfa_serial=${serial}\n`;
  const files = profileFiles(parseIni(""), parseIni(keys));
  const flags = {
    suffixes: { longTerm: undefined, shortTerm: undefined },
    device: undefined,
    duration: undefined,
    assumeRole: undefined,
    roleSessionName: undefined,
    force: false,
  };
  return mfaRequestOf(planRefresh("dev", flags, { env, files, userName: "me", now }).request);
}

function store(accessKeyId: string, request: MfaSessionRequest): void {
  const expiration = new Date(now.getTime() + 40_000_000);
  saveSession(context, request, {
    accessKeyId,
    secretAccessKey: "s",
    sessionToken: "t",
    expiration,
  });
}

const holding = (keyId: string, expiration = "2026-03-04 15:00:00"): IniDocument =>
  parseIni(
    `[dev]\naws_access_key_id=${keyId}\naws_secret_access_key=s\naws_session_token=t\nexpiration=${expiration}\n`,
  );

describe("a session in a section", () => {
  const phone = "GAHT11111111";

  it.each<[what: string, wanted: [keyId: string, serial: string], isOthers: boolean]>([
    ["the same", ["AKIAONE", phone], false],
    ["other keys", ["AKIATWO", phone], true],
    ["another device", ["AKIAONE", "GAHT22222222"], true],
  ])("is looked at by %s", (_what, wanted, isOthers) => {
    store("ASIAONE", requestOf("AKIAONE", phone));
    const { identity } = requestOf(...wanted);
    const section = (keyId: string) => holding(keyId).sections.get("dev");
    expect(isOfOthers(context, section("ASIAONE"), identity)).toBe(isOthers);
    expect(isOfOthers(context, section("ASIAUNKNOWN"), identity)).toBe(false);
    expect(isOfOthers(context, undefined, identity)).toBe(false);
    // Replaced, and remembered.
    store("ASIANEXT", requestOf("AKIAONE", phone));
    expect(isOfOthers(context, section("ASIAONE"), identity)).toBe(isOthers);
  });

  it("is the same at another endpoint", () => {
    store("ASIAONE", requestOf("AKIAONE", phone));
    const { identity } = requestOf("AKIAONE", phone, { AWS_ENDPOINT_URL: "http://127.0.0.1:1" });
    expect(isOfOthers(context, holding("ASIAONE").sections.get("dev"), identity)).toBe(false);
  });

  it.each<[expiration: string, usable: boolean | undefined]>([
    ["2026-03-04 15:00:00", true],
    ["2026-03-04 05:11:08", true],
    ["2026-03-04 05:11:07", false],
    ["2020-01-01 00:00:00", false],
    ["2026-03-05 17:06:07", true],
    ["2099-01-01 00:00:00", undefined],
    ["soon", undefined],
  ])("that ends at %s is usable: %j", (expiration, usable) => {
    const profile = profileFiles(parseIni(""), holding("ASIAONE", expiration)).find("dev");
    expect(writtenSession(context, profile)?.usable).toBe(usable);
  });
});
