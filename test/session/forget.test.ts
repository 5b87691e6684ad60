import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Context } from "../../src/core/context.ts";
import { formatSessionFile } from "../../src/core/session/session-file.ts";
import { forgetSession, forgetSpentRoles } from "../../src/session/forget.ts";
import { storedSession } from "../support/samples.ts";

const now = new Date("2026-03-04T05:06:07Z");
const hour = 3_600_000;
const arn = "arn:aws:iam::123456789012:role/admin";

let home: string;
let store: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "awsmfa-test-"));
  store = join(home, ".aws/aws-mfa-secure-sessions");
  mkdirSync(store, { recursive: true, mode: 0o700 });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function storeRole(name: string, accessKeyId: string, hoursLeft: number): void {
  const session = storedSession({
    accessKeyId,
    expiration: new Date(now.getTime() + hoursLeft * hour),
    identity: { base: { accessKeyId: "AKIA" }, serial: "GAHT12345678", endpoint: "aws" },
    profile: "admin",
    role: { assumed: [{ role_arn: arn }], sources: ["dev"] },
  });
  writeFileSync(join(store, name), formatSessionFile(session), { mode: 0o600 });
}

/** Another process does this while the store is looked through: `~` comes last, and is no session. */
function meanwhile(act: () => void): Context {
  writeFileSync(join(store, "~"), "", { mode: 0o600 });
  const silent = () => undefined;
  const report = { say: silent, sayOnce: silent, debug: act };
  return { env: { HOME: home }, now: () => now, report };
}

it("a role that another process renews meanwhile is not swept with those long over", () => {
  storeRole("%%role-a", "ASIAOLDA", -25);
  storeRole("%%role-b", "ASIAOLDB", -25);
  forgetSpentRoles(meanwhile(() => storeRole("%%role-a", "ASIANEW", 1)));
  expect(readdirSync(store)).toEqual(["%%role-a", "~"]);
});

it("a session that another process replaces meanwhile is not dropped with the refused one", () => {
  storeRole("a", "ASIADEAD", 5);
  storeRole("b", "ASIADEAD", 5);
  const context = meanwhile(() => storeRole("b", "ASIANEW", 5));
  forgetSession(context, "ASIADEAD");
  expect(readdirSync(store)).toEqual(["b", "~"]);
});
