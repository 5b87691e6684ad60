import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { startLab, type Lab } from "../support/lab.ts";
import { childOf, shellOnTerminal } from "../support/on-terminal.ts";
import { runAwsmfa } from "../support/run.ts";
import { credentialsOf, deviceOf, ending, idOf, nameOf, secretOf } from "./setup-wizard.ts";

/** The script survives a ^C, to tell of it. */
const script = `trap : INT QUIT; awsmfa refresh --setup; ${ending}`;

const asBefore = "isig icanon echo over\r\n";

const questions = [nameOf, idOf, secretOf, deviceOf] as const;

/** Answers every question up to one, which is shown then. */
async function reach(
  lab: Lab,
  question: string,
  startedBy = script,
): Promise<ReturnType<typeof shellOnTerminal>> {
  const terminal = shellOnTerminal(startedBy, lab.env);
  const { accessKeyId, secretAccessKey } = lab.sandbox.user("alice");
  const answers = ["", accessKeyId, secretAccessKey, ""];
  for (const [index, each] of questions.entries()) {
    await terminal.until(each);
    if (each === question) break;
    terminal.type(`${answers[index]}\r`);
  }
  return terminal;
}

describe.concurrent.each(questions)("at %j", (question) => {
  test.each([
    ["^C", "\x03", 130],
    ["^\\", "\x1c", 131],
  ])("%s: by the signal", async (shown, typed, status) => {
    await using lab = await startLab();
    const before = credentialsOf(lab);
    const terminal = await reach(lab, question);
    terminal.type(`part${typed}more\r`);
    await terminal.until(`${shown}\r\nstatus ${status}\r\n`);
    await terminal.until(asBefore);
    expect(credentialsOf(lab)).toBe(before);
  });

  test("^D: 253", async () => {
    await using lab = await startLab();
    const before = credentialsOf(lab);
    const terminal = await reach(lab, question);
    terminal.type("\x04");
    await terminal.until("awsmfa: the input has ended: nothing was written.\r\nstatus 253\r\n");
    await terminal.until(asBefore);
    expect(credentialsOf(lab)).toBe(before);
  });

  test.each([
    ["TERM", 143],
    ["HUP", 129],
    ["INT", 130],
    ["QUIT", 131],
  ])("SIG%s: %i", async (signal, status) => {
    await using lab = await startLab();
    const before = credentialsOf(lab);
    const terminal = await reach(lab, question);
    process.kill(childOf(terminal.pid), `SIG${signal}`);
    await terminal.until(`status ${status}\r\n`);
    await terminal.until(asBefore);
    expect(credentialsOf(lab)).toBe(before);
  });

  test("^Z and fg: the terminal is the shell's meanwhile, and the question comes again", async () => {
    await using lab = await startLab();
    const stopped = `set -m; awsmfa refresh --setup; ${ending}; fg >/dev/null; ${ending}`;
    const terminal = await reach(lab, question, stopped);
    terminal.type("part\x1a");
    await terminal.until("^Z\r\n");
    await terminal.until("status 148\r\n");
    await terminal.until(asBefore);
    const { accessKeyId, secretAccessKey } = lab.sandbox.user("alice");
    const answers = ["", accessKeyId, secretAccessKey, ""];
    for (const [index, each] of questions.entries()) {
      if (index < questions.indexOf(question)) continue;
      await terminal.until(each);
      terminal.type(`${answers[index]}\r`);
    }
    await terminal.until("status 0\r\n");
    await terminal.until(asBefore);
    expect(terminal.shown).not.toContain(secretAccessKey.slice(0, 6));
    expect(credentialsOf(lab)).toContain(`aws_secret_access_key = ${secretAccessKey}\nmfa_serial`);
  });
});

test("stopped by SIGSTOP, and the terminal set anew meanwhile: nothing is shown after fg", async () => {
  await using lab = await startLab();
  const stopped = `set -m; awsmfa refresh --setup; stty sane; fg >/dev/null; ${ending}`;
  const terminal = await reach(lab, secretOf, stopped);
  process.kill(childOf(terminal.pid), "SIGSTOP");
  await terminal.until(secretOf);
  const { secretAccessKey } = lab.sandbox.user("alice");
  terminal.type(`${secretAccessKey}\r`);
  await terminal.until(deviceOf);
  terminal.type("\r");
  await terminal.until("status 0");
  await terminal.until(asBefore);
  expect(terminal.shown).not.toContain(secretAccessKey.slice(0, 6));
});

describe("what is pasted or typed ahead", () => {
  test("all answers at once: the secret is taken, and never shown", async () => {
    await using lab = await startLab();
    const { accessKeyId, secretAccessKey } = lab.sandbox.user("alice");
    const terminal = await reach(lab, idOf);
    terminal.type(`${accessKeyId}\r${secretAccessKey}\r${secretAccessKey}\r`);
    await terminal.until(`${secretOf}\r\n`);
    await terminal.until(deviceOf);
    terminal.type("\r");
    await terminal.until("status 0");
    expect(terminal.shown).not.toContain(secretAccessKey.slice(0, 6));
    expect(credentialsOf(lab)).toContain(`= ${secretAccessKey}\n`);
  });

  test("a letter at a time, with mistakes, from before the question on", async () => {
    await using lab = await startLab();
    const { accessKeyId, secretAccessKey } = lab.sandbox.user("alice");
    const terminal = await reach(lab, idOf);
    // Arrow keys, and the marks that terminals put around what is pasted.
    const typed = `${accessKeyId}\rwrong\x15\x1b[200~${secretAccessKey}é\x1b[201~\x1b[D\x1b[C\x7f-x\x17\x7f\r`;
    for (const letter of typed.match(/\x1b\[\d*[~D]|./gsu) ?? []) {
      terminal.type(letter);
      await sleep(2);
    }
    await terminal.until(deviceOf);
    terminal.type("\r");
    await terminal.until("status 0");
    const shown = terminal.shown.slice(terminal.shown.indexOf(secretOf));
    expect(shown).toMatch(/^Secret access key \(not shown\): \r\n[^\r]* user alice/);
    expect(credentialsOf(lab)).toContain(`= ${secretAccessKey}\n`);
  });

  test("a secret that is typed ahead, with the cursor before it", async () => {
    await using lab = await startLab();
    lab.sandbox.trouble.latencyMs = 300;
    const { secretAccessKey } = lab.sandbox.user("alice");
    const terminal = await reach(lab, secretOf);
    terminal.type(`${secretAccessKey}\rtyped-ahead\x01`);
    await terminal.until(deviceOf);
    terminal.type("\r");
    await terminal.until("status 0");
    expect(terminal.shown).not.toContain("typed-ahead");
  });

  test("what comes after ^D while AWS is asked", async () => {
    await using lab = await startLab();
    lab.sandbox.trouble.latencyMs = 500;
    const { secretAccessKey } = lab.sandbox.user("alice");
    const terminal = await reach(lab, secretOf);
    terminal.type(`${secretAccessKey}\r\x04`);
    await sleep(100);
    terminal.type("typed-late");
    await terminal.until("status 253");
    expect(terminal.shown).not.toContain("typed-late");
  });

  test("a secret that was taken back does not come back where it is shown", async () => {
    await using lab = await startLab();
    const { secretAccessKey } = lab.sandbox.user("alice");
    const terminal = await reach(lab, secretOf);
    terminal.type(`mistyped-secret\x15${secretAccessKey}\r`);
    await terminal.until(deviceOf);
    terminal.type("\x19\x1by\x1f\x1e\x1f\r");
    await terminal.until("status 0");
    expect(terminal.shown).not.toContain("mistyped");
    expect(terminal.shown).not.toContain(secretAccessKey.slice(0, 6));
    expect(credentialsOf(lab)).toMatch(/^mfa_serial = arn:aws:iam::\d+:mfa\/phone$/m);
  });

  test("nothing is shown while AWS is asked, and questions that show take none of it", async () => {
    await using lab = await startLab();
    lab.sandbox.trouble.latencyMs = 400;
    const { secretAccessKey } = lab.sandbox.user("alice");
    const terminal = await reach(lab, secretOf);
    terminal.type(`${secretAccessKey}\r`);
    await terminal.until("\r\n");
    await sleep(100);
    terminal.type(`${secretAccessKey}\r${secretAccessKey}`);
    await terminal.until(deviceOf);
    terminal.type("\r");
    await terminal.until("status 0");
    expect(terminal.shown).not.toContain(secretAccessKey.slice(0, 6));
  });

  test("a secret that comes with a key that will not do", async () => {
    await using lab = await startLab();
    const { secretAccessKey } = lab.sandbox.user("alice");
    const terminal = await reach(lab, idOf);
    terminal.type(`typo\r${secretAccessKey.slice(0, 20)}`);
    await sleep(20);
    terminal.type(`${secretAccessKey.slice(20)}\r`);
    await terminal.until(idOf);
    await sleep(300);
    terminal.type("\x04");
    await terminal.until("status 253");
    expect(terminal.shown).not.toContain(secretAccessKey.slice(0, 6));
    expect(terminal.shown).not.toContain(secretAccessKey.slice(-6));
  });

  test("a name may be corrected, letter by letter", async () => {
    await using lab = await startLab();
    const terminal = await reach(lab, nameOf);
    terminal.type("wrong\x15pröd\x7f\x7f漢\x7föd\r");
    await terminal.until(idOf);
    expect(terminal.shown).toContain("The keys will stand in [pröd-long-term]");
    terminal.type("\x03");
    await terminal.until("status 130");
  });
});

test("^C while AWS is asked: 130 at once", async () => {
  await using lab = await startLab();
  lab.sandbox.trouble.latencyMs = 30_000;
  const before = credentialsOf(lab);
  const terminal = await reach(lab, secretOf);
  terminal.type(`${lab.sandbox.user("alice").secretAccessKey}\r`);
  await terminal.until("\r\n");
  await sleep(200);
  terminal.type("\x03");
  await terminal.until("^C\r\nstatus 130\r\n");
  await terminal.until(asBefore);
  expect(credentialsOf(lab)).toBe(before);
});

test("^D while AWS is asked: 253 at the next question", async () => {
  await using lab = await startLab();
  lab.sandbox.trouble.latencyMs = 400;
  const terminal = await reach(lab, secretOf);
  terminal.type(`${lab.sandbox.user("alice").secretAccessKey}\r`);
  await terminal.until("\r\n");
  await sleep(100);
  terminal.type("\x04");
  await terminal.until(deviceOf);
  await terminal.until("awsmfa: the input has ended: nothing was written.\r\nstatus 253\r\n");
  await terminal.until(asBefore);
});

test("^C ends the loop of a script as well", async () => {
  await using lab = await startLab();
  const loop = 'for name in a b; do awsmfa refresh --setup --profile "$name"; done; echo survived';
  const terminal = shellOnTerminal(loop, lab.env);
  await terminal.until("Profile name [a]: ");
  terminal.type("\x03");
  expect(await terminal.ended).toMatchObject({ signal: 2 });
  expect(terminal.shown).toMatch(/^\S*Profile name \[a\]: \S*\^C\r\n$/);
});

test("^Z where no shell could wake it: it goes on, and shows nothing", async () => {
  await using lab = await startLab();
  const terminal = await reach(lab, secretOf);
  terminal.type("\x1a");
  await terminal.until(`^Z\r\n${secretOf}`);
  const { secretAccessKey } = lab.sandbox.user("alice");
  terminal.type(`${secretAccessKey}\r`);
  await terminal.until(deviceOf);
  expect(terminal.shown).not.toContain(secretAccessKey.slice(0, 6));
  terminal.type("\r");
  await terminal.until("status 0");
});

describe("without a terminal", () => {
  const byHand = (lab: Lab, section: string): string =>
    [
      "awsmfa: --setup asks for the keys, and there is no terminal.",
      "  Run it in the foreground of a terminal, or write this by hand into",
      `  ${lab.home}/.aws/credentials:`,
      `    [${section}]`,
      "    aws_access_key_id = AKIA…",
      "    aws_secret_access_key = …",
      "    mfa_serial = arn:aws:iam::123456789012:mfa/name",
      "",
    ].join("\n");

  test.each([
    [[], "dev-long-term"],
    [["--profile", "prod", "--long-term-suffix", "own"], "prod-own"],
    [["--long-term-suffix", "none"], "dev"],
  ])("%j: 253, and what to write", async (options, section) => {
    await using lab = await startLab();
    const ended = await runAwsmfa(["refresh", "--setup", ...options], {
      env: lab.env,
      stdin: "dev\nAKIAABCDEFGHIJKLMNOP\nsecret\n\n",
    });
    expect(ended).toMatchObject({ code: 253, stdout: "", stderr: byHand(lab, section) });
  });

  test("in the background of one: 253, and it is not stopped", async () => {
    await using lab = await startLab();
    const terminal = shellOnTerminal(
      'set -m; awsmfa refresh --setup & wait $!; echo "status $?"',
      lab.env,
    );
    await terminal.until("status 253");
    expect(terminal.shown).not.toContain(nameOf);
  });
});

test("neither stdin, stdout nor stderr is the terminal's, and it asks there", async () => {
  await using lab = await startLab();
  const piped = `printf 'x\ny\n' | awsmfa refresh --setup >"$HOME/out" 2>"$HOME/err"; ${ending}`;
  const { secretAccessKey } = lab.sandbox.user("alice");
  const terminal = await reach(lab, deviceOf, piped);
  terminal.type("\r");
  await terminal.until("Wrote [dev-long-term]");
  await terminal.until("status 0");
  await terminal.until(asBefore);
  expect(readFileSync(join(lab.home, "out"), "utf8")).toBe("");
  expect(readFileSync(join(lab.home, "err"), "utf8")).toBe("");
  expect(credentialsOf(lab)).toContain(`= ${secretAccessKey}\nmfa_serial`);
});

test("the terminal goes away: so does it, and nothing is written", async () => {
  await using lab = await startLab();
  const before = credentialsOf(lab);
  const terminal = await reach(lab, secretOf);
  const pid = childOf(terminal.pid);
  process.kill(terminal.pid, "SIGKILL");
  await terminal.ended;
  await vi.waitFor(() => expect(isRunning(pid)).toBe(false), 5000);
  expect(credentialsOf(lab)).toBe(before);
});

/** One that is dead may wait for its parent to look. */
function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}`) && !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
}
