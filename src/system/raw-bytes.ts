import { readFileSync } from "node:fs";
import { isUtf8 } from "node:buffer";
import { replacementCharacter } from "../core/replacement-character.ts";
import { quotedWord } from "../core/shell-word.ts";

/** A program to start, with every byte of its arguments and environment as they were given to us. */
export interface RawStart {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Node hands on text alone, and a file's name may be any bytes. Where some of our own arguments or
 * variables are not UTF-8, the program is started by way of `/bin/sh`, which puts the bytes back and is
 * replaced by it. The script travels in the environment, where other users cannot read it.
 */
export function withRawBytes(start: RawStart): RawStart {
  const { file, args, env } = start;
  const suspects = Object.keys(env).filter((name) => env[name]?.includes(replacementCharacter));
  const suspected = suspects.length > 0 || args.some((arg) => arg.includes(replacementCharacter));
  if (!suspected || process.platform !== "linux") return start;
  const given = readRecords("/proc/self/cmdline");
  const variables = new Map(readRecords("/proc/self/environ").map(splitVariable));
  const exports = suspects.flatMap((name) => {
    const value = variables.get(name);
    const known = value !== undefined && isLossy(value) && value.toString() === env[name];
    return known && /^[A-Za-z_]\w*$/.test(name) ? [`${assign(name, value)}; export ${name}`] : [];
  });
  const lossyWords = new Set(given.filter(isLossy).map(String));
  // The character may have been meant.
  if (exports.length === 0 && !args.some((arg) => lossyWords.has(arg))) return start;
  // Arguments were taken out, never reordered: each is the next of ours that reads the same.
  let next = 0;
  const words = args.map((arg) => {
    const index = given.findIndex((bytes, at) => at >= next && bytes.toString() === arg);
    next = index < 0 ? next : index + 1;
    return `${assign(word, given[index] ?? Buffer.from(arg))}; set -- "$@" "$${word}"`;
  });
  const script = ["unset AWSMFA_START", ...exports, ...words, `unset ${word}; exec "$@"`].join(
    "\n",
  );
  const launcher = ["-c", 'eval "$AWSMFA_START"', "sh", file];
  return { file: "/bin/sh", args: launcher, env: { ...env, AWSMFA_START: script } };
}

/** A variable that nobody has, for one word after the other. */
const word = "AWSMFA_WORD";

function isLossy(bytes: Buffer): boolean {
  return !isUtf8(bytes);
}

/** Sets a shell variable to any bytes; the `x` keeps line ends that `$(…)` would take off. */
function assign(name: string, bytes: Buffer): string {
  if (isUtf8(bytes)) return `${name}=${quotedWord(bytes.toString())}`;
  const octal = [...bytes].map((byte) => `\\0${byte.toString(8).padStart(3, "0")}`).join("");
  return `${name}=$(printf '%bx' '${octal}'); ${name}=\${${name}%x}`;
}

function readRecords(path: string): Buffer[] {
  const records: Buffer[] = [];
  const bytes = readFileSync(path);
  for (let start = 0, end; (end = bytes.indexOf(0, start)) >= 0; start = end + 1) {
    records.push(bytes.subarray(start, end));
  }
  return records;
}

function splitVariable(record: Buffer): [name: string, value: Buffer] {
  const equals = record.indexOf("=");
  return [record.toString("utf8", 0, equals), record.subarray(equals + 1)];
}
