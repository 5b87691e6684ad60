import { expect, test } from "vitest";
import { type RoleProfiles } from "../support/role-profiles.ts";
import { startRoleHome } from "./role-home.ts";

interface Refused {
  name: string;
  profiles: RoleProfiles;
  env?: Record<string, string>;
  /** What the message names. */
  says: string;
}

const refused: Refused[] = [
  {
    name: "external_id, whose value is not told",
    profiles: { x: { role: "admin", external_id: "#" } },
    says: 'awsmfa: external_id of profile x is "…"; it takes ',
  },
  {
    name: "AWS_ROLE_SESSION_NAME",
    profiles: { x: { role: "admin" } },
    env: { AWS_ROLE_SESSION_NAME: "a b" },
    says: 'awsmfa: AWS_ROLE_SESSION_NAME is "a b"; it takes ',
  },
  {
    name: "a setting in the middle of a chain",
    profiles: { x: { role: "vault", source_profile: "deploy" }, deploy: { duration_seconds: 1 } },
    says: 'awsmfa: duration_seconds of profile deploy is "1"; it takes ',
  },
  {
    name: "a circle",
    profiles: {
      x: { role: "admin", source_profile: "y" },
      y: { role: "admin", source_profile: "x" },
    },
    says: "awsmfa: the profiles x → y → x name each other as source_profile.",
  },
];

test.concurrent.each(refused)(
  "$name: refused before anybody is asked",
  async ({ profiles, env, says }) => {
    await using home = await startRoleHome(profiles);
    const ended = await home.sessionWithCode({ AWS_PROFILE: "x", ...env });
    expect(ended).toMatchObject({ code: 253, stdout: "" });
    expect(ended.stderr.startsWith(says)).toBe(true);
    expect(ended.stderr).toMatch(/^awsmfa: (.+\n){1,3}$/);
    expect(home.sandbox.calls).toEqual([]);
  },
);
