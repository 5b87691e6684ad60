import { AwsError } from "./aws-error.ts";
import type { Call } from "./operation.ts";
import { seconds } from "./signing-date.ts";
import type { SandboxUser } from "./world.ts";
import type { Xml } from "./xml.ts";

/** The operations of IAM by name. */
export const IAM: Readonly<Record<string, (call: Call) => Xml>> = {
  ListMFADevices: listMfaDevices,
};

function listMfaDevices(call: Call): Xml {
  const user = namedUser(call);
  const EnableDate = seconds(new Date(0));
  const member = user.devices.map(({ serial }) => ({
    UserName: user.name,
    SerialNumber: serial,
    EnableDate,
  }));
  return { MFADevices: { member }, IsTruncated: false };
}

function namedUser({ caller, parameters, state }: Call): SandboxUser {
  const { UserName } = parameters;
  if (UserName === undefined && caller.kind !== "role-session") return caller.user;
  if (UserName === undefined) {
    throw new AwsError(
      400,
      "ValidationError",
      "Must specify userName when calling with non-User credentials",
    );
  }
  const account = caller.kind === "role-session" ? caller.role.accountId : caller.user.accountId;
  const user = state.world.users.find((u) => u.name === UserName && u.accountId === account);
  if (user) return user;
  throw new AwsError(404, "NoSuchEntity", `The user with name ${UserName} cannot be found.`);
}
