import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { onTerminal } from "../support/on-terminal.ts";

/** A program that asks for ever, as a background mode does, and writes down what it holds open. */
const longRunning = `
import fs from "node:fs";
import { askOnTerminal } from "./src/mfa/ask-on-terminal.ts";
import { openTerminal } from "./src/system/terminal.ts";

const strayCloses = [];
const close = fs.closeSync;
fs.closeSync = (fd) => {
  try {
    close(fd);
  } catch (error) {
    strayCloses.push(error.code);
  }
};
const count = () => ({
  descriptors: fs.readdirSync("/proc/self/fd").length,
  terminals: fs.readdirSync("/proc/self/fd").filter((fd) => {
    try {
      return fs.readlinkSync("/proc/self/fd/" + fd) === "/dev/tty";
    } catch {
      return false;
    }
  }).length,
  listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
});
async function askForEver() {
  const rounds = [];
  for (let round = 1; round <= 40; round++) {
    const answer = await askOnTerminal("question " + round + ": ").catch((error) => error.code);
    if (round % 10 === 0) openTerminal()?.close();
    await new Promise((resolve) => setImmediate(resolve));
    rounds.push({ answer: answer ?? null, ...count() });
  }
  fs.writeFileSync(process.argv[2], JSON.stringify({ rounds, strayCloses }));
}
void askForEver();
`;

interface Round {
  answer: string | null;
  descriptors: number;
  terminals: number;
  listeners: number;
}

/** What is typed, round by round, and what comes of it. */
const answers: readonly [typed: string, answer: string | null][] = [
  ["123456\r", "123456"],
  ["\x04", null],
  ["12\x04\x04", "12"],
  ["\x03", "Interrupted"],
  ["\r", ""],
];

test("forty questions leave no descriptor and no listener behind, and close nothing twice", async () => {
  const folder = mkdtempSync(join(tmpdir(), "awsmfa-ask-"));
  try {
    const { outputFiles } = await build({
      stdin: { contents: longRunning, resolveDir: join(import.meta.dirname, "../..") },
      bundle: true,
      write: false,
      platform: "node",
      format: "cjs",
    });
    const program = join(folder, "ask.cjs");
    writeFileSync(program, outputFiles[0]!.text);
    const results = join(folder, "results");
    const { PATH = "" } = process.env;
    const terminal = onTerminal(process.execPath, [program, results], { PATH, TERM: "xterm" });
    for (let round = 1; round <= 40; round++) {
      await terminal.until(`question ${round}: `);
      terminal.type(answers[(round - 1) % answers.length]![0]);
    }
    expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 });
    const { rounds, strayCloses } = JSON.parse(readFileSync(results, "utf8")) as {
      rounds: Round[];
      strayCloses: string[];
    };
    const expected = rounds.map((_, index) => answers[index % answers.length]![1]);
    expect(rounds.map(({ answer }) => answer)).toEqual(expected);
    expect(strayCloses).toEqual([]);
    // The first round of each kind loads what is loaded once.
    const { descriptors, listeners } = rounds[answers.length]!;
    for (const round of rounds.slice(answers.length)) {
      expect(round).toMatchObject({ descriptors, listeners, terminals: 0 });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
