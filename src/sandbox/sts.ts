import { assumeRole } from "./assume-role.ts";
import { identityOf } from "./caller.ts";
import type { Call } from "./operation.ts";
import { getSessionToken } from "./session-token.ts";
import type { Xml } from "./xml.ts";

/** The operations of STS by name. */
export const STS: Readonly<Record<string, (call: Call) => Xml>> = {
  AssumeRole: assumeRole,
  GetCallerIdentity: ({ caller }) => identityOf(caller),
  GetSessionToken: getSessionToken,
};
