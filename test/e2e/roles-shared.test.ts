import { describe, expect, test } from "vitest";
import type { RoleProfiles } from "../support/role-profiles.ts";
import { leaveInStore } from "../support/stored.ts";
import {
  revokeStored,
  rolesAsked,
  signInAs,
  signInBefore,
  startTwinHome,
  type RoleHome,
} from "./role-home.ts";
import { sessionFile } from "./user-home.ts";

const roles = [
  { name: "admin", trust: { mfa: true } },
  { name: "deploy", trust: { mfa: true } },
  { name: "fresh", trust: { mfa: true, maxMfaAge: 900 } },
  { name: "vault", trust: { principals: ["arn:aws:iam::123456789012:role/deploy"] } },
];
const profiles: RoleProfiles = {
  admin: { source_profile: "twin" },
  fresh: { source_profile: "twin" },
  deploy: {},
  other: { role: "deploy" },
  vault: { source_profile: "other" },
};

const start = (): Promise<RoleHome & AsyncDisposable> => startTwinHome(profiles, roles);

describe.concurrent("a session that is stored under another profile's name", () => {
  test("is renewed where it is dead", async () => {
    await using home = await start();
    leaveInStore(home, "dev", sessionFile(home));
    const ended = await home.sessionWithCode({ AWS_PROFILE: "admin" });
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining("no longer accepts") });
    expect(rolesAsked(home)).toEqual(["admin 403", "admin 200"]);
  });

  test("is renewed where the role wants a recent code", async () => {
    await using home = await start();
    await signInBefore(home, 1800);
    const ended = await home.sessionWithCode({ AWS_PROFILE: "fresh" });
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining("more recent code") });
    expect(rolesAsked(home)).toEqual(["fresh 403", "fresh 200"]);
  });

  test("is assumed anew where it is that of a role", async () => {
    await using home = await start();
    await signInAs(home, "deploy");
    revokeStored(home, "deploy");
    const ended = await home.session({ AWS_PROFILE: "vault" });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(rolesAsked(home)).toEqual(["deploy 200", "vault 403", "deploy 200", "vault 200"]);
  });
});
