import { basename } from "node:path";
import { activeProfile } from "../core/plan/active-profile.ts";
import { readAwsArgs } from "../core/plan/aws-args.ts";
import { withAssignments } from "../core/child/child-env.ts";
import type { Context } from "../core/context.ts";
import { variable, type Environment } from "../core/environment.ts";
import {
  execAssignments,
  profileAssignments,
  settingAssignments,
  type ExecSurroundings,
} from "../core/child/exec-env.ts";
import { planCredentials, type Surroundings } from "../core/plan/plan-credentials.ts";
import { unknownProfileError } from "../core/plan/plain-session.ts";
import { isUnknownProfile } from "../core/plan/plan.ts";
import { printable } from "../core/printable.ts";
import { accountOf, type SessionRequest } from "../core/request/session-request.ts";
import { carryOut } from "../session/carry-out.ts";
import { sessionOfEnvironment } from "../session/exported-session.ts";
import { surroundingsOf } from "../session/surroundings.ts";

/**
 * The environment that `exec` gives to a command, with a session where one is due. Throws 253 where an option
 * names a profile that is not there.
 */
export async function execEnvironment(
  context: Context,
  explicit: string | undefined,
  commandLine: readonly string[],
): Promise<Environment> {
  const { env } = context;
  const surroundings = surroundingsOf(context);
  const plan = planCredentials(surroundings, explicit);
  // The option is ours; what AWS_PROFILE names, the command may know from elsewhere.
  if (explicit !== undefined && isUnknownProfile(plan)) throw unknownProfileError(explicit);
  const session = await carryOut(context, plan);
  if (plan.kind === "pass-through" && plan.reason === "exported-session") {
    return withAssignments(env, settingAssignments(heldSettings(context, surroundings)));
  }
  if (plan.kind !== "session" || session === undefined) {
    return explicit === undefined ? env : withAssignments(env, profileAssignments(explicit));
  }
  warnOfTraps(context, plan.request, commandLine);
  const { files } = surroundings;
  const settings = plan.request.profile ?? files.find(activeProfile(env, explicit).name);
  return withAssignments(env, execAssignments(session, { env, files, settings }));
}

/** A session that the shell holds comes with the settings of the active profile, else of its own. */
function heldSettings(context: Context, { env, files }: Surroundings): ExecSurroundings {
  const active = activeProfile(env, undefined);
  const owner = active.namedBy === "nobody" ? sessionOfEnvironment(context)?.profile : undefined;
  return { env, files, settings: files.find(owner ?? active.name) };
}

/** What would make the command run as somebody else than is meant. */
function warnOfTraps(
  { env, report }: Context,
  request: SessionRequest,
  [command = "", ...args]: readonly string[],
): void {
  const account = variable(env, "AWS_ACCOUNT_ID");
  const own = accountOf(request);
  if (account !== undefined && own !== undefined && account !== own) {
    report.say(`AWS_ACCOUNT_ID is ${printable(account)}, but the session is one of ${own}.`);
  }
  const profile = isAws(command) ? readAwsArgs(args).profile : undefined;
  if (profile !== undefined) {
    report.say(
      `aws is given --profile ${printable(profile)}, and so ignores this session: ` +
        "name the profile to awsmfa exec instead.",
    );
  }
}

function isAws(command: string): boolean {
  return /^aws(\.exe|\.cmd)?$/i.test(basename(command));
}
