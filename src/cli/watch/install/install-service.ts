import { dirname } from "node:path";
import type { Context } from "../../../core/context.ts";
import { agentLabel, unitName } from "../../../core/daemon/daemon-name.ts";
import type { Daemon, Manager } from "../../../core/daemon/daemon.ts";
import { launchdAgent } from "../../../core/daemon/launchd-agent.ts";
import { systemdUnit } from "../../../core/daemon/systemd-unit.ts";
import { writeAll } from "../../../system/write-all.ts";
import { temporaryPathWords } from "../../temporary-path.ts";
import { careWords, installWords, leftOutWords } from "./install-words.ts";
import { environmentForDaemon } from "./environment-for-daemon.ts";
import { lastingNode } from "../../../system/lasting-node.ts";
import { nobodyToAsk } from "./nobody-to-ask.ts";
import { agentPath, logPath, unitPath } from "./places.ts";
import { writeDefinition } from "./write-definition.ts";

/** A service that is wanted. */
export interface ServiceInput {
  readonly manager: Manager;
  /** Whether it is put in its place; else it is printed. */
  readonly write: boolean;
  /** The sections that are kept fresh. */
  readonly sections: readonly string[];
  /** The profiles for which no command prints the code. */
  readonly withoutProcess: readonly string[];
  /** What the service runs, behind `awsmfa`. */
  readonly args: readonly string[];
  /** Node and the script of awsmfa, as absolute paths. */
  readonly program: readonly string[];
}

/** Prints the definition of a service that keeps its sections fresh, or puts it in its place. Throws 253 or 255. */
export function installService(context: Context, input: ServiceInput): void {
  const { env, report } = context;
  const { manager, sections, withoutProcess, args } = input;
  const [givenNode = "", ...script] = input.program;
  const node = lastingNode(givenNode);
  const { variables, leftOut } = environmentForDaemon(env, dirname(node));
  const nobody = nobodyToAsk(variables, withoutProcess);
  const name = manager === "systemd" ? unitName(sections) : agentLabel(sections);
  const asks = withoutProcess.length > 0;
  const command = [node, ...script, ...args];
  const daemon = { name, sections, command, variables, asks };
  const { path, text } = definition(context, manager, daemon);
  const state = input.write ? writeDefinition(path, text) : "printed";
  if (state === "printed") writeAll(1, text);
  report.say(installWords(manager, { name, path, state, asks }));
  if (state !== "printed") report.say(careWords(manager, { name, asks }));
  if (leftOut.length > 0) report.say(leftOutWords(manager, { name, path, leftOut }));
  if (nobody !== undefined) report.say(nobody);
  const temporary = temporaryPathWords(script[0] ?? "", "service");
  if (temporary !== undefined) report.say(temporary);
}

function definition(
  { env }: Context,
  manager: Manager,
  daemon: Daemon,
): { path: string; text: string } {
  if (manager === "systemd") return { path: unitPath(env, daemon.name), text: systemdUnit(daemon) };
  const text = launchdAgent(daemon, logPath(env, daemon.name));
  return { path: agentPath(env, daemon.name), text };
}
