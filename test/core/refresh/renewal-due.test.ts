import { expect, it } from "vitest";
import { parseIni } from "../../../src/core/aws-files/ini.ts";
import { renewalDue, type Wanted } from "../../../src/core/refresh/renewal-due.ts";

const now = new Date("2026-03-04T05:00:00Z");
const admin = "arn:aws:iam::123456789012:role/admin";
const audit = "arn:aws:iam::123456789012:role/audit";

/** A section with a session that ends then; `assumed_role` and what follows stand behind it. */
function endingAt(clock: string, more = "assumed_role=False"): string {
  const keys = "aws_access_key_id=ASIA\naws_secret_access_key=s\naws_session_token=t";
  return `${keys}\naws_security_token=t\nexpiration=2026-03-04 ${clock}\n${more}\n`;
}

const ofAdmin = `assumed_role=True\nassumed_role_arn=${admin}`;

it.each<[what: string, section: string | undefined, wanted: Partial<Wanted>, due: string]>([
  ["no section", undefined, {}, "missing"],
  ["no section, forced", undefined, { force: true }, "missing"],
  ["an empty section", "", {}, "incomplete"],
  ["other settings", "region=eu-west-1", {}, "incomplete"],
  ["an incomplete one, forced", "region=eu-west-1", { force: true }, "incomplete"],
  ["an incomplete one, for a role", "region=eu-west-1", { role: admin }, "incomplete"],
  ["an end that cannot be read", endingAt("nonsense"), {}, "incomplete"],
  ["hours left", endingAt("17:00:00"), {}, "valid"],
  ["hours left, forced", endingAt("17:00:00"), { force: true }, "forced"],
  ["hours left, of others", endingAt("17:00:00"), { isOfOthers: true }, "another-user"],
  ["another role, of others", endingAt("17:00:00", ofAdmin), { isOfOthers: true }, "another-user"],
  ["of others, forced", endingAt("17:00:00"), { isOfOthers: true, force: true }, "forced"],
  ["more than AWS gives", endingAt("17:00:00").replace("03-04", "03-06"), {}, "incomplete"],
  ["expired, forced", endingAt("04:00:00"), { force: true }, "forced"],
  ["another role, forced", endingAt("17:00:00"), { force: true, role: admin }, "forced"],
  ["one second more than must be left", endingAt("05:05:01"), {}, "valid"],
  ["as much as must be left", endingAt("05:05:00"), {}, "expired"],
  ["less", endingAt("05:04:59"), {}, "expired"],
  ["less, where that is enough", endingAt("05:00:01"), { leastSeconds: 0 }, "valid"],
  ["its end now", endingAt("05:00:00"), { leastSeconds: 0 }, "expired"],
  ["over", endingAt("04:59:59"), { leastSeconds: 0 }, "expired"],
  ["a role, none there", endingAt("17:00:00"), { role: admin }, "another-role"],
  ["a role, none there, expired", endingAt("04:00:00"), { role: admin }, "another-role"],
  ["the same role", endingAt("17:00:00", ofAdmin), { role: admin }, "valid"],
  ["the same role, expired", endingAt("04:00:00", ofAdmin), { role: admin }, "expired"],
  ["another role", endingAt("17:00:00", ofAdmin), { role: audit }, "another-role"],
  ["no role, one there", endingAt("17:00:00", ofAdmin), {}, "another-role"],
  [
    "a role, which is not said",
    endingAt("17:00:00", "assumed_role=True"),
    { role: admin },
    "another-role",
  ],
  ["no role, one that is not said", endingAt("17:00:00", "assumed_role=True"), {}, "another-role"],
])("%s", (_what, lines, wanted, expected) => {
  const text = lines === undefined ? "" : `[dev]\n${lines}`;
  const section = parseIni(text).sections.get("dev");
  const due = renewalDue(
    section,
    { role: undefined, leastSeconds: 300, isOfOthers: false, force: false, ...wanted },
    now,
  );
  expect(due.kind === "valid" ? "valid" : due.reason).toBe(expected);
});

it("says until when it is valid", () => {
  const section = parseIni(`[dev]\n${endingAt("17:00:00")}`).sections.get("dev");
  const wanted = { role: undefined, leastSeconds: 300, isOfOthers: false, force: false };
  const expiration = new Date("2026-03-04T17:00:00Z");
  expect(renewalDue(section, wanted, now)).toEqual({ kind: "valid", expiration });
});
