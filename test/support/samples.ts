import type { RoleParameters } from "../../src/core/request/role-parameters.ts";
import type { StoredSession } from "../../src/core/session/session.ts";

/** What AssumeRole is asked for where a profile says nothing but `role_arn`. */
export const plainRole: RoleParameters = {
  arn: "arn:aws:iam::222222222222:role/R",
  sessionName: "phone",
  externalId: undefined,
  seconds: 3600,
  sourceIdentity: undefined,
  tags: [],
  transitiveTagKeys: [],
};

/** A stored session; without any marks it is one that the Ruby gem has left. */
export function storedSession(marks: Partial<StoredSession> = {}): StoredSession {
  return {
    accessKeyId: "ASIAEXAMPLE",
    secretAccessKey: "secret",
    sessionToken: "token",
    expiration: new Date("2030-01-01T12:00:00Z"),
    issued: undefined,
    identity: undefined,
    profile: undefined,
    role: undefined,
    replaced: [],
    ...marks,
  };
}
