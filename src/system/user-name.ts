import { userInfo } from "node:os";
import { firstVariable, type Environment } from "../core/environment.ts";

/** The user at this computer, as Python's `getpass.getuser()` tells; undefined where nothing does. */
export function userName(env: Environment): string | undefined {
  const named = firstVariable(env, "LOGNAME", "USER", "LNAME", "USERNAME");
  if (named !== undefined) return named;
  try {
    return userInfo().username;
  } catch {
    // One without an entry in the list of users, as in many containers.
    return undefined;
  }
}
