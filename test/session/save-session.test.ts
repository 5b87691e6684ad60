import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { parseIni } from "../../src/core/aws-files/ini.ts";
import { profileFiles } from "../../src/core/aws-files/profile.ts";
import type { Context } from "../../src/core/context.ts";
import { planProfile } from "../../src/core/plan/plan-profile.ts";
import type { SessionRequest } from "../../src/core/request/session-request.ts";
import { findSession } from "../../src/session/store.ts";
import { noteRenewal, saveSession } from "../../src/session/save-session.ts";

const now = new Date("2026-03-04T05:06:07Z");
const silent = () => undefined;

let context: Context;
let store: string;
beforeEach(() => {
  const home = mkdtempSync(join(tmpdir(), "awsmfa-test-"));
  store = join(home, ".aws/aws-mfa-secure-sessions");
  const report = { say: silent, sayOnce: silent, debug: silent };
  context = { env: { HOME: home }, now: () => now, report };
});
afterEach(() => rmSync(context.env["HOME"] ?? "", { recursive: true }));

function roleRequest(): SessionRequest {
  const serial = "arn:aws:iam::123456789012:mfa/phone";
  const files = profileFiles(
    parseIni(
      "[profile admin]\nrole_arn=arn:aws:iam::123456789012:role/admin\nsource_profile=dev\n" +
        `[profile dev]\naws_access_key_id=AKIA\naws_secret_access_key=s\nmfa_serial=${serial}\n`,
    ),
    parseIni(""),
  );
  const plan = planProfile(files.find("admin")!, files, {});
  return plan.kind === "session" ? plan.request : expect.fail("no session is planned");
}

function save(request: SessionRequest, accessKeyId: string): void {
  const expiration = new Date(now.getTime() + 3_600_000);
  saveSession(context, request, {
    accessKeyId,
    secretAccessKey: "s",
    sessionToken: "t",
    expiration,
  });
}

it("a renewal in vain is noted with the session", () => {
  const request = roleRequest();
  save(request, "ASIAOLD");
  noteRenewal(context, request, findSession(context, request)!);
  expect(findSession(context, request)?.renewalTried).toEqual(now);
  save(request, "ASIANEW");
  expect(findSession(context, request)).toMatchObject({
    accessKeyId: "ASIANEW",
    renewalTried: undefined,
    replaced: [{ accessKeyId: "ASIAOLD" }],
  });
});

it("and does not undo what another process has stored meanwhile", () => {
  const request = roleRequest();
  save(request, "ASIAOLD");
  const old = findSession(context, request)!;
  save(request, "ASIANEW");
  const [file = ""] = readdirSync(store);
  const text = readFileSync(join(store, file), "utf8");
  noteRenewal(context, request, old);
  expect(readdirSync(store)).toEqual([file]);
  expect(readFileSync(join(store, file), "utf8")).toBe(text);
});
