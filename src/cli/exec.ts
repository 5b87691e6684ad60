import { basename } from "node:path";
import type { Command } from "commander";
import { readProfileFiles } from "../aws/profiles.ts";
import { activeProfile } from "../core/active-profile.ts";
import { readAwsArgs } from "../core/aws-args.ts";
import { withAssignments } from "../core/child-env.ts";
import type { Context } from "../core/context.ts";
import { variable, type Environment } from "../core/environment.ts";
import { AwsmfaError, ExitCode } from "../core/errors.ts";
import { execAssignments, profileAssignments } from "../core/exec-env.ts";
import { deviceAccount } from "../core/mfa-device.ts";
import { planCredentials } from "../core/plan-credentials.ts";
import type { MfaSessionPlan } from "../core/plan.ts";
import { printable } from "../core/printable.ts";
import { carryOut } from "../session/carry-out.ts";
import { exportedSession } from "../session/store.ts";
import { findExecutable } from "../system/find-executable.ts";
import { runInPlace } from "../system/run-in-place.ts";
import {
  namedProfile,
  profileOption,
  tokenOption,
  type SessionOptions,
} from "./session-options.ts";

const examples = `
Examples:  awsmfa exec -- terraform plan
           awsmfa exec --profile prod -- node app.mjs`;

/** `awsmfa exec -- command`: runs any command with a session in its environment. */
export function addExec(program: Command, context: Context): void {
  program
    .command("exec")
    .summary("run any command with an MFA session in its environment")
    .description(
      "Runs a command with the session of a profile in its environment, for programs that use an " +
        "AWS SDK. Asks for a code if need be, and ends as the command ends.",
    )
    .addOption(profileOption())
    .addOption(tokenOption())
    .argument("<command>")
    .argument("[arguments...]")
    .passThroughOptions()
    .addHelpText("after", examples)
    .action(async (command: string, args: string[], options: SessionOptions) => {
      const path = findCommand(command, context.env);
      const env = await environmentFor(
        { ...context, token: options.token },
        namedProfile(options),
        [command, ...args],
      );
      await runInPlace(path, args, env);
    });
}

async function environmentFor(
  context: Context,
  explicit: string | undefined,
  commandLine: readonly string[],
): Promise<Environment> {
  const { env } = context;
  const files = readProfileFiles(env);
  const plan = planCredentials(
    { env, files, exportedSession: (accessKeyId) => exportedSession(context, accessKeyId) },
    explicit,
  );
  const session = await carryOut(context, plan);
  if (plan.kind !== "mfa-session" || session === undefined) {
    return explicit === undefined ? env : withAssignments(env, profileAssignments(explicit));
  }
  warnOfTraps(context, plan, commandLine);
  const settings = plan.profile ?? files.find(activeProfile(env, explicit).name);
  return withAssignments(env, execAssignments(session, { env, files, settings }));
}

/** What would make the command run as somebody else than is meant. */
function warnOfTraps(
  { env, report }: Context,
  { identity }: MfaSessionPlan,
  [command = "", ...args]: readonly string[],
): void {
  const account = variable(env, "AWS_ACCOUNT_ID");
  const own = deviceAccount(identity.serial);
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

function findCommand(command: string, env: Environment): string {
  const found = findExecutable(command, env);
  if (found.kind === "found") return found.path;
  if (found.kind === "missing") {
    throw new AwsmfaError(`there is no command ${printable(command)}.`, {
      code: "CommandNotFound",
      exitCode: ExitCode.commandNotFound,
      hint: "exec runs programs, not aliases or functions of a shell. Check the name and PATH.",
    });
  }
  throw new AwsmfaError(`${printable(found.path)} is not executable.`, {
    code: "CommandNotExecutable",
    exitCode: ExitCode.cannotExecute,
    hint: "Give it execute permission: chmod +x.",
  });
}
