import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, type Ended } from "../support/run.ts";

/** A folder in which a shell runs: with files that patterns would match, and a look at what it left. */
export interface Room {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Writes a file of statements. */
  write(name: string, statements: readonly string[]): void;
  run(argv: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended>;
  /** Values by variable, as `env` printed them; and takes that away. */
  takeVariables(): Record<string, string>;
  /** Files that somebody has made. */
  appeared(): string[];
  [Symbol.dispose](): void;
}

/** Prints what a program started now would find in its environment; the same in every shell. */
export const printVariables = "/usr/bin/env -0 >variables";

/** A new room. */
export function makeRoom(): Room {
  const root = mkdtempSync(join(tmpdir(), "awsmfa-shell-"));
  // Shells write settings into their users' homes.
  const [folder, home] = [join(root, "room"), join(root, "home")];
  mkdirSync(folder);
  mkdirSync(home);
  const known = ["a", "a.txt", "b.txt", "A=b"];
  for (const name of known) writeFileSync(join(folder, name), "");
  const env = { PATH: process.env["PATH"] ?? "", HOME: home, LANG: "C.UTF-8", TERM: "xterm" };
  return {
    folder,
    env,
    write(name, statements) {
      known.push(name);
      writeFileSync(join(folder, name), statements.map((statement) => `${statement}\n`).join(""));
    },
    run: ([file = "", ...args], more = {}) =>
      run(file, args, { cwd: folder, env: { ...env, ...more } }),
    takeVariables() {
      const printed = readFileSync(join(folder, "variables"), "utf8");
      rmSync(join(folder, "variables"));
      const pairs = printed
        .split("\0")
        .map((pair) => /^([^=]*)=?(.*)$/s.exec(pair)?.slice(1) ?? []);
      return Object.fromEntries(pairs) as Record<string, string>;
    },
    appeared: () => readdirSync(folder).filter((name) => !known.includes(name)),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}
