import { AwsError, validationError } from "./aws-error.ts";
import type { Call } from "./operation.ts";
import type { SandboxUser } from "./world.ts";
import type { Xml } from "./xml.ts";

/** The operations of IAM by name. */
export const IAM: Readonly<Record<string, (call: Call) => Xml>> = {
  GetUser: getUser,
  ListMFADevices: listMfaDevices,
};

// The sandbox keeps no such dates; clients only want to see one.
const LONG_AGO = "2020-01-01T00:00:00Z";

function getUser(call: Call): Xml {
  const { name, userId, arn } = namedUser(call);
  return { User: { Path: "/", UserName: name, UserId: userId, Arn: arn, CreateDate: LONG_AGO } };
}

function listMfaDevices(call: Call): Xml {
  const user = namedUser(call);
  const member = user.devices.map(({ serial }) => ({
    UserName: user.name,
    SerialNumber: serial,
    EnableDate: LONG_AGO,
  }));
  return { MFADevices: { member }, IsTruncated: false };
}

function namedUser({ caller, parameters, state }: Call): SandboxUser {
  const { UserName } = parameters;
  if (UserName === undefined && caller.kind !== "role-session") return caller.user;
  if (UserName === undefined) {
    throw validationError("Must specify userName when calling with non-User credentials");
  }
  const account = caller.kind === "role-session" ? caller.role.accountId : caller.user.accountId;
  const user = state.world.users.find((u) => u.name === UserName && u.accountId === account);
  if (user) return user;
  throw new AwsError(404, "NoSuchEntity", `The user with name ${UserName} cannot be found.`);
}
