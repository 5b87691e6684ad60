import { rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readAwsFiles } from "../../../src/aws/files/profiles.ts";
import type { Context } from "../../../src/core/context.ts";
import type { Environment } from "../../../src/core/environment.ts";
import type { WatchOrder } from "../../../src/core/watch/watch-order.ts";
import { checkOrder } from "../../../src/session/watch/check-order.ts";
import { silentReport } from "../../support/silent-report.ts";
import { keys, temporaryHome, withSection } from "./simulated-files.ts";
import { usualOrder } from "./simulated-world.ts";
import { storeSession } from "./store-session.ts";

const now = new Date("2026-03-04T05:06:07Z");
const nobody = { AWS_MFA_PROMPT: "none" };
const somebody = { AWS_MFA_TOKEN: "123456" };

/** The credentials file with a session of so many seconds in a section. */
function holding(seconds: number, target = "dev-mfa"): string {
  return withSection(keys, target, "ASIA1", new Date(now.getTime() + seconds * 1000));
}

/** What stands against an order in a home, which is removed; `fine` where nothing does. */
function check(home: string, own: Partial<WatchOrder>, env: Environment): string {
  const context: Context = { env: { HOME: home, ...env }, now: () => now, report: silentReport };
  try {
    checkOrder(context, { ...usualOrder, ...own }, readAwsFiles(context.env));
    return "fine";
  } catch (error) {
    expect(error).toMatchObject({ exitCode: 253 });
    const { code, message } = error as Error & { code: string };
    return `${code}: ${message}`;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

describe("a session in the store", () => {
  it.each<[what: string, seconds: number, own: Partial<WatchOrder>, said: string]>([
    ["that lasts", 3600, {}, "fine"],
    ["of another section that is written from the same keys", 3600, { target: "work" }, "fine"],
    ["that is to be renewed", 300, {}, "NoCode"],
    ["that is shorter than the lead time", 3600, { leadTime: "3600" }, "NoCode"],
    ["that is longer than what is asked for", 3600, { duration: "900" }, "NoCode"],
    ["of another device", 3600, { serial: "GAHT12345678" }, "NoCode"],
  ])("%s: %s", (_what, seconds, own, said) => {
    const home = temporaryHome();
    storeSession(home, "ASIA1", now, new Date(now.getTime() + seconds * 1000));
    expect(check(home, own, nobody)).toContain(said);
  });
});

describe("an order", () => {
  it.each<[what: string, text: string, env: Record<string, string>, said: string]>([
    [
      "nobody to ask, and no session",
      keys,
      nobody,
      "NoCode: no MFA code for phone (profile dev-mfa, renewing for 43200 seconds), and nobody to ask.",
    ],
    ["somebody to ask", keys, somebody, "fine"],
    ["a program that is asked", keys, { ...nobody, AWS_MFA_PROCESS: "true" }, "fine"],
    ["the profile's own one", `${keys}mfa_process = true\n`, nobody, "fine"],
    ["nobody to ask, but a session", holding(3600), nobody, "fine"],
    ["one for hardly longer than its lead time", holding(301), nobody, "fine"],
    ["one for just its lead time", holding(300), nobody, "NoCode"],
    ["one that is over", holding(-1), nobody, "NoCode"],
    ["one that cannot be", holding(200_000), nobody, "NoCode"],
    ["one in another section", holding(3600, "other"), nobody, "NoCode"],
    [
      "long-term keys in the section",
      `${keys}[dev-mfa]\naws_access_key_id = AKIAMINE\naws_secret_access_key = s\n`,
      somebody,
      "LongTermKeys",
    ],
    ["no such profile", "[x]\n", somebody, "UnknownProfile: there is no profile dev."],
    ["no device", keys.replace(/mfa_serial.*\n/, ""), somebody, "NoDevice"],
    ["a prompt that there is not", keys, { AWS_MFA_PROMPT: "x" }, "InvalidPrompt"],
  ])("%s: %s", (_what, text, env, said) => {
    expect(check(temporaryHome(text), {}, env)).toContain(said);
  });

  it.each<[own: Partial<WatchOrder>, said: string]>([
    [{ leadTime: "3598" }, "fine"],
    [{ leadTime: "3600" }, "NoCode"],
    [{ leadTime: "43200" }, "InvalidDuration: --refresh-lead-time"],
    [{ duration: "1" }, "InvalidDuration: --duration"],
    [{ target: "dev" }, "SameSection"],
    [{ target: "DEFAULT" }, "InvalidSectionName"],
    [{ profile: "x" }, "UnknownProfile"],
  ])("%j: %s", (own, said) => {
    expect(check(temporaryHome(holding(3600)), own, nobody)).toContain(said);
  });
});
