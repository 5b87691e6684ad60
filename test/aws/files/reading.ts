import { join } from "node:path";
import { readIniFile } from "../../../src/aws/files/read-ini-file.ts";
import { isAwsmfaError } from "../../../src/core/errors.ts";
import { parseNested, type IniDocument } from "../../../src/core/aws-files/ini.ts";
import { profileFiles, type ProfileKeys } from "../../../src/core/aws-files/profile.ts";
import { configSection } from "../../../src/core/aws-files/section-name.ts";
import { python } from "../../support/commands.ts";
import { run } from "../../support/run.ts";

/** Where the two AWS files of a user are. */
export interface FilePaths {
  readonly config: string;
  readonly credentials: string;
}

type Table<Value> = Record<string, Value>;
/** Plain text, or a nested block. */
type Setting = string | Table<string>;

/** What a reader makes of a pair of files. */
export type Reading =
  | { error: true }
  | {
      profiles: Table<Table<Setting>>;
      keys: Table<ProfileKeys>;
      /** The nested settings of every service in every `[services x]` that has any. */
      services: Table<Table<Table<string>>>;
    };

/** Reads a pair of files with our reader. */
export function readWithOurs({ config, credentials }: FilePaths): Reading {
  try {
    return describeFiles(readIniFile(config), readIniFile(credentials));
  } catch (error) {
    if (isAwsmfaError(error)) return { error: true };
    throw error;
  }
}

/** Asks for everything that may be there: every name with every key that stands in one of the files. */
function describeFiles(config: IniDocument, credentials: IniDocument): Reading {
  const files = profileFiles(config, credentials);
  const keys = [config, credentials].flatMap(keysIn);
  const services = [...config.sections.keys()].map(configSection);
  const profile = (name: string) => files.find(name)!;
  return {
    profiles: table(files.names(), (name) =>
      table(keys, (key) => nestedOrPlain(profile(name).setting(key))),
    ),
    keys: table(files.names(), (name) => profile(name).keys),
    services: table(
      services.flatMap((section) => (section.kind === "services" ? [section.name] : [])),
      (name) => unlessEmpty(table(keys, (key) => fromMap(files.serviceSettings(name, key)))),
    ),
  };
}

function keysIn({ defaults, sections }: IniDocument): string[] {
  const tables = [defaults, ...Array.from(sections.values(), ({ entries }) => entries)];
  return tables.flatMap((entries) => Array.from(entries.keys()));
}

function nestedOrPlain(value: string | undefined): Setting | undefined {
  return value === undefined ? undefined : (fromMap(parseNested(value)) ?? value);
}

function fromMap(map: ReadonlyMap<string, string> | undefined): Table<string> | undefined {
  return map === undefined ? undefined : Object.fromEntries(map);
}

type BotocoreKeys =
  | { kind: "long-term"; accessKeyId: Setting; secretAccessKey: Setting }
  | { kind: "temporary"; accessKeyId: Setting; secretAccessKey: Setting }
  | { kind: "process"; command: Setting }
  | { kind: "incomplete" }
  | { kind: "none" };

type BotocoreReading =
  | { error: true }
  | {
      profiles: Table<Table<Setting>>;
      keys: Table<BotocoreKeys>;
      services: Table<Table<Setting>>;
    };

/** Reads pairs of files with botocore, all in one process. */
export async function readWithBotocore(
  pairs: readonly FilePaths[],
  home: string,
): Promise<Reading[]> {
  const reader = join(import.meta.dirname, "botocore-reader.py");
  const env = { PATH: process.env["PATH"] ?? "", HOME: home, PYTHONUTF8: "1" };
  const ended = await run(python, [reader], { env, stdin: JSON.stringify(pairs) });
  if (ended.code !== 0) throw new Error(ended.stderr);
  return (JSON.parse(ended.stdout) as BotocoreReading[]).map(inOurWords);
}

function inOurWords(reading: BotocoreReading): Reading {
  if ("error" in reading) return reading;
  const { profiles, keys, services } = reading;
  return {
    profiles,
    keys: table(Object.keys(keys), (name) => differentOnPurpose(keys[name]!)),
    services: table(Object.keys(services), (name) => {
      const settings = services[name]!;
      return unlessEmpty(table(Object.keys(settings), (key) => nestedOnly(settings[key]!)));
    }),
  };
}

/**
 * Where we differ on purpose: what is empty, or a nested block, botocore hands on as a key or a
 * command, and the AWS CLI fails later. To us it is incomplete, so no code is asked for, and the AWS CLI
 * says what is wrong. (The values of temporary keys are left out, since no one uses them.)
 */
function differentOnPurpose(keys: BotocoreKeys): ProfileKeys {
  if (keys.kind === "process") {
    const { kind, command } = keys;
    return isUsable(command) ? { kind, command } : { kind: "incomplete" };
  }
  if (keys.kind === "none" || keys.kind === "incomplete") return keys;
  const { kind, accessKeyId, secretAccessKey } = keys;
  if (!isUsable(accessKeyId) || !isUsable(secretAccessKey)) return { kind: "incomplete" };
  return kind === "temporary" ? { kind } : { kind, accessKeyId, secretAccessKey };
}

function isUsable(value: Setting): value is string {
  return typeof value === "string" && value !== "";
}

function nestedOnly(value: Setting): Table<string> | undefined {
  return typeof value === "string" ? undefined : value;
}

function unlessEmpty<Value>(values: Table<Value>): Table<Value> | undefined {
  return Object.keys(values).length === 0 ? undefined : values;
}

/** A value for each name; a name without one is left out. */
function table<Value>(
  names: readonly string[],
  valueOf: (name: string) => Value | undefined,
): Table<Value> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = valueOf(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
