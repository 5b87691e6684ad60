import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundle, type Program } from "../../fixtures/bundle.ts";
import type { Step } from "../../fixtures/journal-worker.ts";
import { onTerminal } from "../../support/on-terminal.ts";
import { run, type Ended } from "../../support/run.ts";
import { at, kept, state, trouble } from "./events.ts";

let worker: Program;
beforeAll(async () => {
  worker = await bundle("journal-worker");
});
afterAll(() => worker.remove());

const renewed = kept("renewed", at("21:00"), at("20:55"));
const steps: Step[] = [
  { at: "2026-11-22T09:00:00Z", tell: renewed },
  { idle: [state("dev-mfa", at("21:00"), at("20:55"))] },
  { tell: trouble(), clear: true },
  { tell: { kind: "ended", signal: "SIGTERM" } },
];

const told = [
  "profile dev-mfa is renewed: valid for 12 h, until 2026-11-22 22:00:00 +01:00; renewal at 21:55.",
  "profile dev-mfa: no MFA code for phone (profile dev); trying again in 20 s.\n  Answer it.",
  "ended by SIGTERM.",
];

function lines(stamp = ""): string {
  return told.map((text) => `awsmfa: ${stamp}${text}\n`).join("");
}

const stamped = lines("2026-11-22 10:00:00 +01:00 ");
const asked = (json: boolean): string => JSON.stringify({ json, steps });
const berlin = { TZ: "Europe/Berlin", LC_ALL: "C.UTF-8" };

/** Runs it by a shell, for which `"$@"` is the worker. */
function byShell(script: string, json = false): Promise<Ended> {
  const args = ["--norc", "-c", script, "bash", process.execPath, worker.file, asked(json)];
  return run("/bin/bash", args, { env: { ...worker.env, ...berlin } });
}

describe("without a terminal", () => {
  it.each<[title: string, script: string, stderr: string]>([
    ["with the time in front", '"$@"', stamped],
    [
      "without it in the journal of systemd",
      'JOURNAL_STREAM=$(stat -L -c %d:%i /dev/fd/2) exec "$@"',
      lines(),
    ],
    [
      "with it where the journal is that of somebody else",
      'JOURNAL_STREAM=9:12345 exec "$@"',
      stamped,
    ],
  ])("a line for each event, %s", async (_title, script, stderr) => {
    const ended = { code: 0, signal: null, stdout: "", stderr };
    expect(await byShell(script)).toEqual(ended);
  });

  it("a stderr that is closed costs the lines and no more", async () => {
    expect(await byShell('exec "$@" 2>&-')).toMatchObject({ code: 0, stdout: "" });
  });
});

describe("as JSON", () => {
  it("on stdout alone", async () => {
    const { code, stdout, stderr } = await byShell('"$@"', true);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const printed = stdout.trimEnd().split("\n");
    const kinds = printed.map((line) => (JSON.parse(line) as { event: string }).event);
    expect(kinds).toEqual(["renewed", "trouble", "ended"]);
  });

  it("throws where nobody reads it any more", async () => {
    const ended = await byShell('(sleep 0.1; exec "$@") > >(exec sleep 0); echo $?', true);
    expect(ended.stdout).toBe("141\n");
  });

  it("on a terminal, too", async () => {
    const env = { ...worker.env, ...berlin, TERM: "xterm" };
    const terminal = onTerminal(process.execPath, [worker.file, asked(true)], env);
    await terminal.ended;
    expect(terminal.shown).toMatch(/^(?:\{"time":[^\r\n]+\}\r\n){3}$/);
  });
});

describe("on a terminal", () => {
  it.each<[title: string, env: Record<string, string>]>([
    ["that cannot go back in a line", { TERM: "dumb" }],
    ["with decisions in between", { TERM: "xterm", AWS_MFA_DEBUG: "1" }],
  ])("%s: a line for each event", async (_title, more) => {
    const env = { ...worker.env, ...berlin, ...more };
    const terminal = onTerminal(process.execPath, [worker.file, asked(false)], env);
    await terminal.ended;
    expect(terminal.shown).toBe(stamped.replaceAll("\n", "\r\n"));
  });

  it("once: a line for each event, for it is over before a line could be read, or anything be tried again", async () => {
    const once = JSON.stringify({ json: false, isOnce: true, steps });
    const env = { ...worker.env, ...berlin, TERM: "xterm" };
    const terminal = onTerminal(process.execPath, [worker.file, once], env);
    await terminal.ended;
    const retry = "; trying again in 20 s";
    expect(terminal.shown).toBe(lines().replace(retry, "").replaceAll("\n", "\r\n"));
    const unattended = await run(process.execPath, [worker.file, once], { env });
    expect(unattended.stderr).toBe(stamped.replace(retry, ""));
  });

  it.each<[title: string, redirection: string, isLive: boolean]>([
    ["as stderr alone", ">/dev/null", true],
    ["as stdout alone", "2>&1 >/dev/tty | cat", false],
  ])("%s", async (_title, redirection, isLive) => {
    const script = `"$node" "$worker" "$asked" ${redirection}`;
    const names = { node: process.execPath, worker: worker.file, asked: asked(false) };
    const env = { ...worker.env, ...berlin, ...names, TERM: "xterm" };
    const terminal = onTerminal("/bin/bash", ["--norc", "-c", script], env);
    await terminal.ended;
    expect(terminal.shown.includes("dev-mfa: 12 h left, renewal at 21:55")).toBe(isLive);
    expect(terminal.shown.includes("profile dev-mfa is renewed")).toBe(!isLive);
  });
});
