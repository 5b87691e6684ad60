import { statSync } from "node:fs";
import { sep } from "node:path";
import type { Environment } from "../core/environment.ts";
import { AwsmfaError, ExitCode } from "../core/errors.ts";
import { printable, printableName } from "../core/printable.ts";
import { findExecutable } from "../system/find-executable.ts";

/** Path of the program that somebody wants run. Throws 127 or 126 where it cannot be. */
export function findCommand(command: string, env: Environment): string {
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
      hint: "Programs can be run, not aliases or functions of a shell. Check the name and PATH.",
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
