import { statSync } from "node:fs";
import { sep } from "node:path";
import type { Command } from "commander";
import type { Context } from "../core/context.ts";
import type { Environment } from "../core/environment.ts";
import { AwsmfaError, ExitCode } from "../core/errors.ts";
import { printable, printableName } from "../core/printable.ts";
import { findExecutable } from "../system/find-executable.ts";
import { inheritedDescriptors } from "../system/inherited-descriptors.ts";
import { runInPlace } from "../system/run-in-place.ts";
import { execEnvironment } from "./exec-environment.ts";
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

function findCommand(command: string, env: Environment): string {
  const found = findExecutable(command, env);
  if (found.kind === "found") return found.path;
  if (found.kind === "missing" && isFolder(command)) {
    throw new AwsmfaError(`${printable(command)} is a folder.`, {
      code: "CommandNotExecutable",
      exitCode: ExitCode.cannotExecute,
      hint: "Name the program in it.",
    });
  }
  if (found.kind === "missing") {
    throw new AwsmfaError(`there is no command ${printableName(command)}.`, {
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

function isFolder(command: string): boolean {
  try {
    return command.includes(sep) && statSync(command).isDirectory();
  } catch {
    return false;
  }
}
