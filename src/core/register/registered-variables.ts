import { credentialAssignments, type Assignment } from "../child/child-env.ts";
import type { Session } from "../session/session.ts";

/**
 * Holds the access key id that was put into the environment of a program: another one there is the program's
 * own. It stands there since threads may share an environment, and nothing else.
 */
export const registeredVariable = "AWSMFA_REGISTERED";

/** `AWS_MFA_REGISTER=0`: a program is not to be given a session; so it is with all that ask for one themselves. */
export const registerSwitch = "AWS_MFA_REGISTER";

/** What each session puts into the environment of a program. */
export function registeredAssignments(session: Session): Assignment[] {
  return [
    ...credentialAssignments(session),
    // The SDK for JavaScript would take an inherited one for that of the keys.
    ["AWS_ACCOUNT_ID", undefined],
    [registeredVariable, session.accessKeyId],
  ];
}
