import { copyFileSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { awsmfa } from "../support/commands.ts";
import { startLab } from "../support/lab.ts";
import { plant, plantRole } from "../support/plant.ts";
import { addRoles } from "../support/role-profiles.ts";
import { run, runAwsmfa } from "../support/run.ts";

test.each([
  ["warm", {}],
  ["warm, as a role", { AWS_PROFILE: "admin" }],
  ["pass-through", { AWS_PROFILE: "none" }],
])("%s: awsmfa.cjs alone does it, no other bundle and no package", async (_name, more) => {
  await using lab = await startLab();
  const env = { ...lab.fakeAws("echo ran"), ...more };
  addRoles(lab, { admin: {} });
  plant(lab, "dev", {});
  plantRole(lab, ["admin", "dev"], {});
  const alone = join(lab.home, "alone.cjs");
  copyFileSync(awsmfa, alone);
  const ended = await run(process.execPath, [alone, "session", "s3", "ls"], { env });
  expect(ended).toEqual({ code: 0, signal: null, stdout: "ran\n", stderr: "" });
  expect(lab.sandbox.calls).toEqual([]);
});

test("a cold call does need the other bundles", async () => {
  await using lab = await startLab();
  const alone = join(lab.home, "alone.cjs");
  copyFileSync(awsmfa, alone);
  const ended = await run(process.execPath, [alone, "session", "s3", "ls"], { env: lab.env });
  expect(ended.code).toBe(255);
  expect(ended.stderr).toContain("obtain.cjs");
});

test("bundles stay within their budgets", () => {
  const kilobytes = (name: string): number => statSync(join(dirname(awsmfa), name)).size / 1024;
  expect(kilobytes("awsmfa.cjs")).toBeLessThan(40);
  expect(kilobytes("obtain.cjs")).toBeLessThan(60);
  expect(kilobytes("sts.cjs")).toBeLessThan(400);
  expect(kilobytes("iam.cjs")).toBeLessThan(400);
  expect(readFileSync(awsmfa, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
});

test("AWS_MFA_DEBUG=1 prints the plan and why, without secrets", async () => {
  await using lab = await startLab();
  const env = { ...lab.fakeAws("echo ran"), AWS_MFA_DEBUG: "1" };
  const code = lab.sandbox.freshCode("alice");
  const cold = await runAwsmfa(["session", "s3", "ls"], { env: { ...env, AWS_MFA_TOKEN: code } });
  const warm = await runAwsmfa(["session", "s3", "ls"], { env });
  const local = await runAwsmfa(["session", "configure", "list"], { env });
  const { accessKeyId, secretAccessKey } = lab.sandbox.user("alice");
  const stored = JSON.parse(readFileSync(`${lab.store}/dev`, "utf8")) as Record<string, string>;
  expect(warm.stderr).toContain(
    `awsmfa: debug: plan: MFA session for profile dev, device phone, key …${accessKeyId.slice(-4)}`,
  );
  expect(warm.stderr).toContain("awsmfa: debug: stored session, valid until ");
  expect(local.stderr).toContain("pass through: this command makes no signed request");
  for (const secret of [
    code,
    secretAccessKey,
    accessKeyId,
    stored["secret_access_key"],
    stored["session_token"],
  ]) {
    expect(cold.stderr + warm.stderr).not.toContain(secret);
  }
});
