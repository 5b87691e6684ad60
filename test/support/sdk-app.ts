import { join } from "node:path";
import type { Lab } from "./lab.ts";
import { run, type Ended } from "./run.ts";

const root = join(import.meta.dirname, "../..");

/** The built library. */
export const library = join(root, "dist/index.cjs");

type Variables = Readonly<Record<string, string>>;

/** What a program that uses the library told, and how it ended. */
export interface Told extends Ended {
  /** The values that it told, in order. */
  readonly told: readonly unknown[];
}

/** What every such program begins with. */
const prelude = `"use strict";
const { writeSync } = require("node:fs");
const { setTimeout: sleep } = require("node:timers/promises");
const tell = (value) => writeSync(1, JSON.stringify(value) + "\\n");
const { fromMfaSession } = require(${JSON.stringify(library)});
const { STSClient, GetCallerIdentityCommand } = require(${JSON.stringify(join(root, "node_modules/@aws-sdk/client-sts"))});
const whoAmI = async (client) => (await client.send(new GetCallerIdentityCommand({}))).Arn;
const told = ({ name, code, tryNextLink, message }) => ({ name, code, tryNextLink, message });
const times = (count, make) => Promise.all(Array.from({ length: count }, (_, index) => make(index)));
`;

/**
 * Writes a program that uses the library and the AWS SDK: this is the body of its main function, where
 * `tell(value)` leaves word for the test.
 */
export function writeApp(lab: Lab, body: string, name = "app.cjs"): string {
  return lab.write(name, `${prelude}\n(async () => {\n${body}\n})();\n`);
}

/** What such a program has in its environment; an empty variable is taken out. */
export function appEnv({ env }: Lab, more: Variables = {}): Record<string, string> {
  // A notice of the SDK's, on Node 20.
  const quiet = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };
  const all = Object.entries({ ...env, ...quiet, ...more });
  return Object.fromEntries(all.filter(([, value]) => value !== ""));
}

/** Runs one to its end, without a terminal. */
export async function runApp(lab: Lab, body: string, more: Variables = {}): Promise<Told> {
  return runWritten(lab, writeApp(lab, body), more);
}

/** Runs one that is written. */
export async function runWritten(lab: Lab, app: string, more: Variables = {}): Promise<Told> {
  const ended = await run(process.execPath, [app], { env: appEnv(lab, more) });
  const lines = ended.stdout.split("\n").filter((line) => line !== "");
  return { ...ended, told: lines.map((line) => JSON.parse(line) as unknown) };
}

/** How often STS was asked for a session. */
export function sessionsAskedFor({ sandbox }: Lab): number {
  return sandbox.calls.filter(({ operation }) => operation === "GetSessionToken").length;
}
