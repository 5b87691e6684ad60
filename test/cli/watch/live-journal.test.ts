import { Terminal } from "@xterm/headless";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { bundle, type Program } from "../../fixtures/bundle.ts";
import type { WatchEvent } from "../../../src/core/watch/watch-event.ts";
import type { Step } from "../../fixtures/journal-worker.ts";
import { onTerminal, type OnTerminal } from "../../support/on-terminal.ts";
import { onScreen } from "../../support/screen.ts";
import { at, kept, state, trouble } from "./events.ts";

let worker: Program;
beforeAll(async () => {
  worker = await bundle("journal-worker");
});
afterAll(() => worker.remove());

const environment = { TZ: "UTC", LC_ALL: "C.UTF-8", TERM: "xterm" };

function start(steps: readonly Step[], env: Readonly<Record<string, string>> = {}): OnTerminal {
  const asked = JSON.stringify({ json: false, steps });
  return onTerminal(process.execPath, [worker.file, asked], {
    ...worker.env,
    ...environment,
    ...env,
  });
}

/** All that a terminal is sent. */
async function sent(
  steps: readonly Step[],
  env?: Readonly<Record<string, string>>,
): Promise<string> {
  const terminal = start(steps, env);
  expect(await terminal.ended).toMatchObject({ exitCode: 0 });
  return terminal.shown;
}

/** What remains on a terminal of that width. */
async function remains(steps: readonly Step[], columns = 120): Promise<readonly string[]> {
  const { lines, brokenLines } = await onScreen(await sent(steps), columns);
  expect(brokenLines).toBe(0);
  return lines;
}

const nine = "2026-11-22T09:00:00Z";
const dev = state("dev-mfa", at("18:12"), at("18:07"));
const prod = state("prod-mfa", at("12:00"), at("11:55"));
const troubled = state("dev-mfa", undefined, at("09:15"), true);
const renewed = kept("renewed", at("18:12"), at("18:07"));
const line = "dev-mfa: 9 h 12 min left, renewal at 18:07";
const both = "dev-mfa: 9 h 12 min left, renewal at 18:07 · prod-mfa: 3 h left, renewal at 11:55";
const ended: WatchEvent = { kind: "ended", signal: "SIGTERM" };
const due = "awsmfa: the session of profile dev-mfa has expired, or is about to: renewing it.";
const failed =
  "awsmfa: profile dev-mfa: no MFA code for phone (profile dev); trying again in 20 s.";

describe.concurrent("what remains on the screen", () => {
  it.each<[title: string, steps: readonly Step[], lines: readonly string[]]>([
    ["one line", [{ at: nine, idle: [dev] }], [line]],
    ["of all sections", [{ at: nine, idle: [dev, prod] }], [both]],
    [
      "the last of several",
      [
        { at: nine, idle: [dev, prod] },
        { at: "2026-11-22T09:01:00Z", idle: [dev] },
        { at: "2026-11-22T18:08:00Z", idle: [state("dev-mfa", at("18:12"), at("18:09"))] },
      ],
      ["dev-mfa: 4 min left, renewal at 18:09"],
    ],
    [
      "below it nothing of a session that is there",
      [
        { at: nine, tell: kept("valid", at("18:12"), at("18:07")) },
        { tell: renewed, idle: [dev] },
      ],
      [line],
    ],
    [
      "above it what was to be said",
      [
        { at: nine, idle: [dev] },
        { tell: { kind: "due", target: "dev-mfa", reason: "expired" } },
        { tell: { kind: "notice", text: "a code is six digits." } },
        { tell: trouble(), idle: [troubled] },
        { tell: trouble(), idle: [troubled] },
        { tell: renewed, idle: [dev] },
        { tell: trouble(), idle: [troubled] },
      ],
      [
        due,
        "awsmfa: a code is six digits.",
        failed,
        "  Answer it.",
        failed,
        failed,
        "  Answer it.",
        "dev-mfa: no session, trying again at 09:15",
      ],
    ],
    [
      "a prompt of others where the line was",
      [
        { at: nine, idle: [dev, prod] },
        { clear: true, prompt: "MFA code: " },
      ],
      ["MFA code: "],
    ],
    [
      "a prompt of others, even if the terminal gets another width",
      [
        { at: nine, idle: [dev], clear: true, prompt: "MFA code: ", columns: 100, sleepMs: 200 },
        { columns: 120, sleepMs: 200 },
      ],
      ["MFA code: "],
    ],
    [
      "and the line again after it",
      [{ at: nine, idle: [dev], clear: true, prompt: "MFA code: 123456\n" }, { idle: [dev] }],
      ["MFA code: 123456", line],
    ],
    ["nothing at the end", [{ at: nine, idle: [dev], tell: renewed }, { tell: ended }], [""]],
    ["nothing where there was nothing", [{ tell: ended, clear: true, idle: [] }], [""]],
  ])("%s", async (_title, steps, lines) => {
    expect(await remains(steps)).toEqual(lines);
  });
});

describe.concurrent("what is sent", () => {
  const drawn = `\r${line}\u001b[K`;

  it("is nothing where the line is the same", async () => {
    const later = "2026-11-22T09:00:00.500Z";
    const same = state("dev-mfa", at("18:12:30"), at("18:07:30"));
    const steps: Step[] = [
      { at: later, idle: [same] },
      { idle: [same] },
      { at: nine, idle: [same] },
    ];
    expect(await sent(steps)).toBe(drawn);
  });

  it("is nothing where there is nothing to take away", async () => {
    expect(await sent([{ clear: true }, { tell: renewed }, { tell: ended }])).toBe("");
    const twice = await sent([{ at: nine, idle: [dev] }, { clear: true }, { clear: true }]);
    expect(twice).toBe(`${drawn}\r\u001b[K`);
  });

  it("does not hide the cursor", async () => {
    const shown = await sent([
      { at: nine, idle: [dev] },
      { tell: trouble(), idle: [prod] },
    ]);
    expect(shown).not.toMatch(/\u001b\[\?/);
  });

  it("is ASCII alone where there is nothing else", async () => {
    const shown = await sent([{ at: nine, idle: [dev, prod] }], { LC_ALL: "C" });
    expect(shown).toContain(" | ");
    expect(shown).not.toMatch(/[^\x00-\x7f]/);
  });
});

describe("the width", () => {
  it.each<[columns: number, line: string]>([
    [60, "dev-mfa: 9 h 12 min · prod-mfa: 3 h left, renewal at 11:55"],
    [59, "dev-mfa: 9 h 12 min · prod-mfa: 3 h left, renewal at 11:55"],
    [58, "prod-mfa: 3 h left, renewal at 11:55 · 1 more"],
    [30, "prod-mfa: 3 h"],
    [0, "dev-mfa: 9 h 12 min · prod-mfa: 3 h left, renewal at 11:55"],
  ])("of %d columns leaves the last one free", async (columns, line) => {
    const steps: Step[] = [{ columns }, { at: nine, idle: [dev, prod] }];
    expect(await remains(steps, columns || 80)).toEqual([line]);
  });

  it("is looked up again at every line", async () => {
    const steps: Step[] = [
      { at: nine, idle: [dev, prod], sleepMs: 100 },
      { columns: 50, sleepMs: 300 },
      { columns: 200, sleepMs: 300 },
    ];
    const draws = (await sent(steps)).split("\r").slice(1);
    const narrow = "prod-mfa: 3 h left, renewal at 11:55 · 1 more";
    expect(draws).toEqual([both, narrow, both].map((text) => `${text}\u001b[K`));
    expect(await resized(draws, [120, 50, 200])).toEqual([both]);
  });
});

/** What remains of lines drawn over each other on a terminal whose width changes before each. */
async function resized(draws: readonly string[], widths: readonly number[]): Promise<string[]> {
  const terminal = new Terminal({ cols: 120, rows: 10, allowProposedApi: true });
  for (const [index, text] of draws.entries()) {
    terminal.resize(widths[index]!, 10);
    await new Promise<void>((resolve) => terminal.write(`\r${text}`, resolve));
  }
  const { active } = terminal.buffer;
  const lines = Array.from({ length: 10 }, (_, row) =>
    active.getLine(row)!.translateToString(true),
  );
  terminal.dispose();
  return lines.filter((text) => text !== "");
}

/** A shell with job control in which `$worker` is ours. */
function jobShell(steps: readonly Step[]): OnTerminal {
  const asked = JSON.stringify({ json: false, steps });
  return onTerminal("/bin/bash", ["--norc", "--noprofile", "-i"], {
    ...worker.env,
    ...environment,
    PS1: "ready> ",
    asked,
    worker: worker.file,
    node: process.execPath,
    HISTFILE: "",
  });
}

const command = '"$node" "$worker" "$asked"';

test("^Z and fg: the line is there again, below what the shell has written", async () => {
  const shell = jobShell([{ at: nine, idle: [dev], sleepMs: 15_000 }]);
  await shell.until("ready> ");
  shell.type(`${command}\r`);
  await shell.until(line);
  shell.type("\u001a");
  await shell.until("Stopped");
  await shell.until("ready> ");
  shell.type("fg\r");
  await shell.until(line);
  const { lines } = await onScreen(shell.shown, 120);
  expect(lines.at(-1)).toBe(line);
  expect(lines.filter((text) => text.startsWith("ready> "))).toHaveLength(2);
  shell.type("\u0003");
  await shell.until("ready> ");
  shell.type("exit\r");
  await shell.ended;
});

test("in the background it leaves the line of the shell alone, but says what is to be said", async () => {
  const shell = jobShell([
    { at: nine, idle: [dev], clear: true },
    { idle: [dev], sleepMs: 100 },
    { tell: trouble() },
    // A shell does not tell a running job that it is in the foreground again.
    ...Array.from({ length: 75 }, () => ({ idle: [troubled], sleepMs: 200 })),
  ]);
  await shell.until("ready> ");
  shell.type(`${command} &\r`);
  await shell.until("trying again in 20 s.");
  shell.type("echo 'h'ere\r");
  await shell.until("here");
  await shell.until("ready> ");
  expect(shell.shown).not.toContain("9 h 12 min");
  expect(shell.shown).not.toContain("no session");
  shell.type("fg\r");
  await shell.until("dev-mfa: no session, trying again at 09:15");
  shell.type("\u0003");
  await shell.until("ready> ");
  shell.type("exit\r");
  await shell.ended;
});

test("once in the background it takes nothing away from the line of the shell", async () => {
  const shell = jobShell([{ at: nine, idle: [dev], stop: true, clear: true, sleepMs: 15_000 }]);
  await shell.until("ready> ");
  shell.type(`${command}\r`);
  await shell.until("Stopped");
  await shell.until("ready> ");
  shell.type("bg; sleep 0.5; echo 'd'one; kill %1\r");
  await shell.until("done");
  const [, afterwards] = shell.shown.split("Stopped");
  expect(afterwards).not.toContain("\r\u001b[K");
  shell.type("exit\r");
  await shell.ended;
});
