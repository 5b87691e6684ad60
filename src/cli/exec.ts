import type { Command } from "commander";
import type { Context } from "../core/context.ts";
import { inheritedDescriptors } from "../system/inherited-descriptors.ts";
import { runInPlace } from "../system/run-in-place.ts";
import { execEnvironment } from "./exec-environment.ts";
import { findCommand } from "./find-command.ts";
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
      const descriptors = inheritedDescriptors(context.env);
      const path = findCommand(command, context.env);
      const env = await execEnvironment(
        { ...context, token: options.token },
        namedProfile(options),
        [command, ...args],
      );
      await runInPlace(path, args, env, descriptors);
    });
}
