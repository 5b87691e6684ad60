import { expect, it } from "vitest";
import { describeOwner, ownerProfile } from "../../../src/core/session/session-owner.ts";
import type { StoredSession } from "../../../src/core/session/session.ts";
import type { StoredRole } from "../../../src/core/session/stored-role.ts";
import { storedSession } from "../../support/samples.ts";

const identity = {
  base: { accessKeyId: "AKIAIOSFODNN7EXAMPLE" },
  serial: "arn:aws:iam::123456789012:mfa/phone",
  endpoint: "aws",
};
const process = { ...identity, base: { process: "vault --password x" } };
const role = roleOf("arn:aws:iam::123456789012:role/team/R");

function roleOf(arn: string): StoredRole {
  return { assumed: [{ role_arn: arn }], sources: ["u"] };
}

// prettier-ignore
it.each<[file: string, marks: Partial<StoredSession>, owner: string, profile: string | undefined]>([
  ["dev", {}, "profile dev", "dev"],
  ["my%20dev", {}, "profile my dev", "my dev"],
  ["dev", { profile: "prod" }, "profile prod", "prod"],
  ["%nameless", {}, 'profile ""', ""],
  ["dev", { identity }, "profile dev (device phone)", "dev"],
  ["%%role-dev-bf9cf968", { identity, role }, "profile dev (role team/R, device phone)", "dev"],
  ["%%role-dev-bf9cf968", { identity, role, profile: "a\u001bb" }, "profile a?b (role team/R, device phone)", "a\u001bb"],
  ["%%role-dev-bf9cf968", { identity, role: roleOf("x\u001b") }, "profile dev (role x?, device phone)", "dev"],
  ["%%keys-AKIA", { identity }, "key …MPLE (device phone)", undefined],
  ["%%keys-vault", { identity: process }, "%%keys-vault (device phone)", undefined],
  ["%%keys-\u001b", {}, "%%keys-?", undefined],
  ["%profile-0", { identity, role }, "key …MPLE (role team/R, device phone)", undefined],
])("%j with %j is of %s", (file, marks, owner, profile) => {
  const session = storedSession(marks);
  expect(describeOwner(file, session)).toBe(owner);
  expect(ownerProfile(file, session)).toBe(profile);
  expect(owner).not.toContain("password");
});
