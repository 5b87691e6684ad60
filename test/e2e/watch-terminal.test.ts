import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { awsmfa } from "../support/commands.ts";
import { childOf, onTerminal, shellOnTerminal, type OnTerminal } from "../support/on-terminal.ts";
import { onScreen } from "../support/screen.ts";
import { processesOf } from "./processes-of.ts";
import { ending } from "./setup-wizard.ts";
import { startWatchHome, type WatchHome } from "./watch-home.ts";

vi.setConfig({ maxConcurrency: 8 });

const prompt = "MFA code for phone (profile dev-mfa, renewing for 43200 seconds): ";
const liveLine = "dev-mfa: 11 h 59 min left, renewal at ";
const toEndOfLine = "\u001b[K";
const asBefore = "isig icanon echo over\r\n";

/** `awsmfa watch` in a script of bash, which survives a ^C and tells of the terminal in the end. */
function watch(home: WatchHome, script = `awsmfa watch --profile dev; ${ending}`): OnTerminal {
  const env = { ...home.env, AWS_MFA_PROMPT: "", AWS_MFA_ASKPASS: "" };
  return shellOnTerminal(`trap : INT QUIT; ${script}`, env);
}

/** The same with a code typed and its live line drawn. */
async function atLiveLine(home: WatchHome, script?: string): Promise<OnTerminal> {
  const terminal = watch(home, script);
  await terminal.until(prompt);
  terminal.type(`${home.sandbox.freshCode("alice")}\r`);
  await terminal.until(liveLine);
  await terminal.until(toEndOfLine);
  return terminal;
}

async function lines({ shown }: OnTerminal): Promise<readonly string[]> {
  return (await onScreen(shown, 120)).lines;
}

const due = "awsmfa: profile dev-mfa is not there yet: getting a session for it.";
const typed = expect.stringMatching(new RegExp(`^${prompt.replace(/[()]/g, "\\$&")}\\d{6}$`));
const live = expect.stringMatching(/^dev-mfa: 11 h 59 min left, renewal at [\w: ]+$/);

describe.concurrent("on a terminal", () => {
  test("it asks there, and one line says how things stand from then on", async () => {
    await using home = await startWatchHome();
    const terminal = await atLiveLine(home);
    // Drawn again it is not, as long as it says the same.
    process.kill(childOf(terminal.pid), "SIGWINCH");
    await sleep(300);
    expect(await lines(terminal)).toEqual([due, typed, live]);
    expect(await home.arnOf("dev-mfa")).toMatch(/:user\/alice$/);
    process.kill(childOf(terminal.pid), "SIGUSR1");
    await terminal.until("getting a new session for profile dev-mfa, as asked for.");
    await terminal.until(prompt);
    terminal.type(`${home.sandbox.freshCode("alice")}\r`);
    await terminal.until(liveLine);
    await terminal.until(toEndOfLine);
    const asked = "awsmfa: getting a new session for profile dev-mfa, as asked for.";
    // The line has given way to what was said.
    expect(await lines(terminal)).toEqual([due, typed, asked, typed, live]);
    terminal.type("\x03");
    await terminal.until("status 130");
  });

  test("a wrong code is told before it asks again", async () => {
    await using home = await startWatchHome();
    const terminal = watch(home);
    await terminal.until(prompt);
    terminal.type(`${home.sandbox.wrongCode("alice")}\r`);
    await terminal.until("that code is wrong or already used: wait for the next code.\r\n");
    await terminal.until(prompt);
    terminal.type("no\r");
    await terminal.until("a code is six digits.\r\n");
    await terminal.until(prompt);
    terminal.type(`${home.sandbox.freshCode("alice")}\r`);
    await terminal.until(liveLine);
    expect(await lines(terminal)).toEqual([
      due,
      typed,
      "awsmfa: that code is wrong or already used: wait for the next code.",
      `${prompt}no`,
      "awsmfa: a code is six digits.",
      typed,
      live,
    ]);
    process.kill(childOf(terminal.pid), "SIGTERM");
    await terminal.until("status 143");
  });

  test("the end of input (^D) fails the attempt: the line says when the next one is", async () => {
    await using home = await startWatchHome();
    const terminal = watch(home);
    await terminal.until(prompt);
    terminal.type("\x04");
    await terminal.until("no MFA code for phone");
    await terminal.until("dev-mfa: no session, trying again at ");
    process.kill(childOf(terminal.pid), "SIGUSR1");
    await terminal.until(prompt);
    terminal.type(`${home.sandbox.freshCode("alice")}\r`);
    await terminal.until(liveLine);
    terminal.type("\x03");
    await terminal.until("status 130");
  });
});

describe.concurrent("its end on a terminal", () => {
  const ends: readonly [what: string, status: number, end: (terminal: OnTerminal) => void][] = [
    ["^C", 130, (terminal) => terminal.type("\x03")],
    ["TERM", 143, ({ pid }) => void process.kill(childOf(pid), "SIGTERM")],
    ["HUP", 129, ({ pid }) => void process.kill(childOf(pid), "SIGHUP")],
  ];

  test.each(ends)("%s at the line: %i, and the line is gone", async (_what, status, end) => {
    await using home = await startWatchHome();
    const terminal = await atLiveLine(home);
    end(terminal);
    await terminal.until(`status ${status}\r\n`);
    await terminal.until(asBefore);
    const shown = (await lines(terminal)).filter((line) => line !== "");
    expect(shown.slice(0, 2)).toEqual([due, typed]);
    expect(shown.filter((line) => line.includes("left, renewal"))).toEqual([]);
    expect(shown).toContain(`status ${status}`);
    await vi.waitFor(() => expect(home.text()).toContain("[dev-mfa]"));
  });

  test.each(ends)("%s at the prompt: %i, in a line of its own", async (_what, status, end) => {
    await using home = await startWatchHome();
    const before = home.text();
    const terminal = watch(home);
    await terminal.until(prompt);
    end(terminal);
    await terminal.until(`\r\nstatus ${status}\r\n`);
    await terminal.until(asBefore);
    await terminal.ended;
    expect([home.text(), processesOf(home.home)]).toEqual([before, []]);
  });

  test.each([
    ["the line", (home: WatchHome) => atLiveLine(home)],
    [
      "the prompt",
      async (home: WatchHome) => {
        const terminal = watch(home);
        await terminal.until(prompt);
        return terminal;
      },
    ],
  ])("the terminal goes away at %s: so does it, and all of it", async (_what, come) => {
    await using home = await startWatchHome();
    const terminal = await come(home);
    process.kill(terminal.pid, "SIGKILL");
    await terminal.ended;
    await vi.waitFor(() => expect(processesOf(home.home)).toEqual([]), { timeout: 8000 });
  });
});

describe.concurrent("^Z and fg", () => {
  const script = `set -m; awsmfa watch --profile dev; echo "status $?"; fg >/dev/null; ${ending}`;

  test("at the line: it is drawn anew", async () => {
    await using home = await startWatchHome();
    const terminal = await atLiveLine(home, script);
    terminal.type("\x1a");
    await terminal.until("status 148");
    await terminal.until(liveLine);
    // A ^C would end the script, too, which has it in the foreground by `fg`.
    process.kill(childOf(terminal.pid), "SIGTERM");
    await terminal.until("status 143");
    await terminal.until(asBefore);
  });

  test("at the prompt: it asks again, and takes the code", async () => {
    await using home = await startWatchHome();
    const terminal = watch(home, script);
    await terminal.until(prompt);
    terminal.type("\x1a");
    await terminal.until("status 148");
    await terminal.until(prompt);
    terminal.type(`${home.sandbox.freshCode("alice")}\r`);
    await terminal.until(liveLine);
    // A ^C would end the script, too, which has it in the foreground by `fg`.
    process.kill(childOf(terminal.pid), "SIGTERM");
    await terminal.until("status 143");
    await terminal.until(asBefore);
  });
});

test.concurrent(
  "awsmfa watch & in an interactive shell: askpass asks, and nothing stops it",
  async () => {
    await using home = await startWatchHome();
    const env = { ...home.env, AWS_MFA_PROMPT: "", DISPLAY: ":0", PS1: "> ", HISTFILE: "" };
    const terminal = onTerminal("/bin/bash", ["--norc", "-i"], env);
    await terminal.until("> ");
    terminal.type(`'${process.execPath}' '${awsmfa}' watch --profile dev &\r`);
    await vi.waitFor(() => expect(home.text()).toContain("[dev-mfa]"), { timeout: 20_000 });
    await sleep(500);
    // The line belongs to the shell: nothing is drawn into what is typed there.
    expect(terminal.shown).not.toContain(liveLine);
    terminal.type("jobs\r");
    await terminal.until("Running");
    const pid = /\[1\] (\d+)/.exec(terminal.shown)![1]!;
    expect(readFileSync(`/proc/${pid}/stat`, "utf8")).not.toMatch(/\) T /);
    terminal.type("fg\r");
    await terminal.until(liveLine);
    terminal.type("\x03");
    await terminal.until("> ");
    terminal.type("echo status $?; exit\r");
    await terminal.until("status 130");
    await terminal.ended;
  },
);
