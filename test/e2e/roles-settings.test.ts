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

/** A profile `x` with this setting. */
const bad = (setting: string, value: string | number, name = setting): Refused => ({
  name: `${setting} = ${value}`,
  profiles: { x: { role_arn: arn("admin"), [setting]: value } },
  says: `awsmfa: ${name} of profile x is "${value}"; it takes `,
});

const refused: Refused[] = [
  bad("role_arn", "admin"),
  bad("role_arn", "arn:aws:iam::123456789012:user/alice"),
  bad("role_session_name", "a b"),
  bad("role_session_name", "x"),
  {
    name: "external_id, whose value is not told",
    profiles: { x: { role_arn: arn("admin"), external_id: "#" } },
    says: 'awsmfa: external_id of profile x is "…"; it takes ',
  },
  bad("duration_seconds", 899),
  bad("duration_seconds", 43_201),
  bad("duration_seconds", "1h"),
  bad("duration_seconds", -3600),
  bad("source_identity", "a b"),
  bad("session_tags", "red"),
  bad("transitive_session_tags", "a;b"),
  {
    name: "AWS_ROLE_SESSION_NAME",
    profiles: { x: { role_arn: arn("admin") } },
    env: { AWS_ROLE_SESSION_NAME: "a b" },
    says: 'awsmfa: AWS_ROLE_SESSION_NAME is "a b"; it takes ',
  },
  {
    name: "a setting in the middle of a chain",
    profiles: {
      x: { role_arn: arn("vault"), source_profile: "deploy" },
      deploy: { duration_seconds: 1 },
    },
    says: 'awsmfa: duration_seconds of profile deploy is "1"; it takes ',
  },
  {
    name: "a circle of two",
    profiles: {
      x: { role_arn: arn("admin"), source_profile: "y" },
      y: { role_arn: arn("admin"), source_profile: "x" },
    },
    says: "awsmfa: the profiles x → y → x name each other as source_profile.",
  },
  {
    name: "a circle further on",
    profiles: {
      x: { role_arn: arn("admin"), source_profile: "y" },
      y: { role_arn: arn("admin"), source_profile: "z" },
      z: { role_arn: arn("admin"), source_profile: "y" },
    },
    says: "awsmfa: the profiles y → z → y name each other as source_profile.",
  },
  {
    name: "a role that is its own source, without keys",
    profiles: { x: { role_arn: arn("admin"), source_profile: "x" } },
    says: "awsmfa: the profiles x → x name each other as source_profile.",
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

function arn(role: string): string {
  return `arn:aws:iam::123456789012:role/${role}`;
}
