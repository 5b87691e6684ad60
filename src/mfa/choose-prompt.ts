import type { Context } from "../core/context.ts";
import { firstVariable, variable, type Environment } from "../core/environment.ts";
import { configurationError } from "../core/errors.ts";
import { printable } from "../core/printable.ts";
import { findExecutable } from "../system/find-executable.ts";
import { openTerminal } from "../system/terminal.ts";
import { askByProgram } from "./ask-by-program.ts";
import { askOnTerminal } from "./ask-on-terminal.ts";

/** A way to ask somebody. */
export interface Prompt {
  /** The answer, or undefined where none will come. */
  readonly ask: (prompt: string) => Promise<string | undefined>;
  readonly onTerminal: boolean;
}

/** `AWS_MFA_PROMPT`, or what is there: the terminal, else an askpass program where a display is. */
export function choosePrompt(context: Context): Prompt | undefined {
  const choice = variable(context.env, "AWS_MFA_PROMPT");
  switch (choice) {
    case "tty":
      return terminal(context);
    case "askpass":
      return askpass(context);
    case "none":
      return undefined;
    case undefined:
      return terminal(context) ?? (hasDisplay(context.env) ? askpass(context) : undefined);
    default:
      throw configurationError(
        "InvalidPrompt",
        `AWS_MFA_PROMPT is "${printable(choice)}"; it takes tty, askpass or none.`,
      );
  }
}

function terminal(context: Context): Prompt | undefined {
  const opened = openTerminal();
  opened?.close();
  return opened && { ask: (prompt) => askOnTerminal(prompt, context), onTerminal: true };
}

function askpass(context: Context): Prompt | undefined {
  const { env, report } = context;
  const own = variable(env, "AWS_MFA_ASKPASS");
  const found = findAskpass(env);
  // The others are there by custom; this one was meant.
  if (own !== undefined && found?.name !== own) {
    report.sayOnce(`AWS_MFA_ASKPASS is ${printable(own)}, which cannot be run.`);
  }
  return found && { ask: (prompt) => askByProgram(found.path, prompt, context), onTerminal: false };
}

/** The askpass program that is to be used, and how it is called; undefined where there is none. */
export function findAskpass(env: Environment): { name: string; path: string } | undefined {
  const names = [variable(env, "AWS_MFA_ASKPASS"), variable(env, "SSH_ASKPASS"), "ssh-askpass"];
  for (const name of names) {
    if (name === undefined) continue;
    const found = findExecutable(name, env);
    if (found.kind === "found") return { name, path: found.path };
  }
  return undefined;
}

/** Whether a window can be opened. */
export function hasDisplay(env: Environment): boolean {
  if (process.platform === "win32" || process.platform === "darwin") return true;
  return firstVariable(env, "DISPLAY", "WAYLAND_DISPLAY") !== undefined;
}
