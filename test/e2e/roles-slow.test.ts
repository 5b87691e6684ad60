import { describe, expect, test } from "vitest";
import type { Ended } from "../support/run.ts";
import { changeStored, nearEnd, storedFor } from "../support/stored.ts";
import { rolesAsked, signInAs, startRoleHome, type RoleHome } from "./role-home.ts";

interface Timed extends Ended {
  readonly ms: number;
}

/** A command of the role admin, and how long it takes. */
async function timed(home: RoleHome, more: Readonly<Record<string, string>> = {}): Promise<Timed> {
  const started = performance.now();
  const ended = await home.session({ AWS_PROFILE: "admin", ...more });
  return { ...ended, ms: performance.now() - started };
}

describe.concurrent("while STS is slow,", () => {
  test("of two early renewals at once neither takes long", async () => {
    await using home = await startRoleHome({ admin: {} });
    await signInAs(home, "admin");
    changeStored(home, "admin", nearEnd());
    const { access_key_id: key } = storedFor(home, "admin");
    home.sandbox.trouble.latencyMs = 20_000;
    for (const ended of await Promise.all([timed(home), timed(home)])) {
      expect(ended).toMatchObject({ code: 0, stdout: `key=${key}\n`, stderr: "" });
      // Three seconds, the wait for the other one included: one after the other would be six.
      expect(ended.ms).toBeLessThan(5500);
    }
    expect(storedFor(home, "admin")["access_key_id"]).toBe(key);
  });

  test.each([{}, { AWS_MFA_LOCK_TIMEOUT: "1" }])(
    "two commands at once without a session of the role both get one: %j",
    async (more) => {
      await using home = await startRoleHome({ admin: {} });
      await signInAs(home, "dev");
      home.sandbox.trouble.latencyMs = 12_000;
      for (const ended of await Promise.all([timed(home, more), timed(home, more)])) {
        expect(ended).toMatchObject({ code: 0, stderr: "" });
        expect(ended.stdout).toMatch(/^key=ASIA\w{16}\n$/);
        // Ten seconds of waiting, and then an answer of its own.
        expect(ended.ms).toBeLessThan(27_000);
      }
      expect(rolesAsked(home)).toEqual(["admin 200", "admin 200"]);
      const key = storedFor(home, "admin")["access_key_id"];
      expect(await home.session({ AWS_PROFILE: "admin" })).toMatchObject({
        stdout: `key=${key}\n`,
      });
    },
  );

  test("sessions of one role under four names are not got one after the other", async () => {
    await using home = await startRoleHome({ admin: {} });
    await signInAs(home, "dev");
    const latency = 1500;
    home.sandbox.trouble.latencyMs = latency;
    const names = ["one", "two", "three", "four"];
    const started = performance.now();
    const all = await Promise.all(
      names.map((name) => timed(home, { AWS_ROLE_SESSION_NAME: name })),
    );
    expect(performance.now() - started).toBeLessThan(names.length * latency);
    for (const { code, stderr } of all) expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(new Set(all.map(({ stdout }) => stdout)).size).toBe(names.length);
  });
});
