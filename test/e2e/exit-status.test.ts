import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { awsmfa } from "../support/commands.ts";
import { startLab, type Lab } from "../support/lab.ts";
import { shellOnTerminal } from "../support/on-terminal.ts";
import { run, runAwsmfa } from "../support/run.ts";

async function warmLab(script: string): Promise<Lab> {
  const lab = await startLab();
  lab.fakeAws(script);
  await lab.signIn();
  return lab;
}

test("every exit status of aws from 0 to 255 is ours", async () => {
  await using lab = await warmLab('exit "$2"');
  const statuses = Array.from({ length: 256 }, (_unused, status) => status);
  const got: (number | null)[] = [];
  for (let start = 0; start < 256; start += 16) {
    const some = statuses.slice(start, start + 16);
    const ends = some.map((status) =>
      runAwsmfa(["session", "exit", `${status}`], { env: lab.env }),
    );
    got.push(...(await Promise.all(ends)).map(({ code }) => code));
  }
  expect(got).toEqual(statuses);
});

describe.each(["warm", "pass-through"])("%s", (way) => {
  const env = (lab: Lab): Record<string, string> => ({
    ...lab.env,
    ...(way === "warm" ? {} : { AWS_PROFILE: "none" }),
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP", "SIGPIPE", "SIGKILL"])(
    "when aws dies of %s, so do we",
    async (signal) => {
      await using lab = await warmLab('kill -s "${2#SIG}" $$; sleep 5');
      const ended = await runAwsmfa(["session", "die", signal], { env: env(lab) });
      expect(ended).toEqual({ code: null, signal, stdout: "", stderr: "" });
    },
  );

  test.each([
    ["SIGQUIT", 131],
    ["SIGABRT", 134],
    ["SIGSEGV", 139],
    ["SIGUSR1", 138],
    ["SIGUSR2", 140],
  ])("when aws dies of %s, we exit with %i and dump no core", async (signal, status) => {
    await using lab = await warmLab(
      // bash itself ignores QUIT.
      'ulimit -c 0; (sleep 0.1; kill -s "${2#SIG}" $$) >/dev/null 2>&1 & exec sleep 5',
    );
    const ended = await runAwsmfa(["session", "die", signal], { env: env(lab) });
    expect(ended).toMatchObject({ code: status, signal: null, stdout: "" });
  });

  test.each(["SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2"] as const)(
    "%s is forwarded once, and aws decides",
    async (signal) => {
      await using lab = await warmLab(
        `trap 'echo got; n=$((n+1))' ${signal.slice(3)}; echo ready; for i in 1 2 3 4 5 6; do sleep 0.1; done; exit $((40+n))`,
      );
      const child = spawn(process.execPath, [awsmfa, "session", "wait"], { env: env(lab) });
      let shown = "";
      child.stdout.on("data", (chunk) => (shown += String(chunk)));
      const end = once(child, "exit");
      while (!shown.includes("ready")) await sleep(20);
      child.kill(signal);
      expect(await end).toEqual([41, null]);
      expect(shown).toBe("ready\ngot\n");
    },
  );
});

test("^C on the terminal reaches aws once, and what aws makes of it is our status", async () => {
  await using lab = await warmLab(
    `trap 'echo interrupted; exit 7' INT; echo ready; while :; do sleep 0.05; done`,
  );
  const terminal = shellOnTerminal('awsmfa session wait; echo "status $?"', lab.env);
  await terminal.until("ready");
  terminal.type("\x03");
  await terminal.until("status 7");
  expect(terminal.shown.match(/interrupted/g)).toHaveLength(1);
});

test("^C stops a shell's loop", async () => {
  await using lab = await warmLab('echo "call $2"; exec sleep 30');
  const script = 'n=0; while :; do n=$((n+1)); awsmfa session count "$n"; done; echo never';
  const terminal = shellOnTerminal(script, lab.env);
  await terminal.until("call 1");
  terminal.type("\x03");
  const { exitCode, signal } = await terminal.ended;
  expect(exitCode === 130 || signal === 2).toBe(true);
  expect(terminal.shown).not.toMatch(/call 2|never/);
});

test("^C at the prompt stops a shell's loop as well", async () => {
  await using lab = await startLab();
  lab.fakeAws("echo ran");
  const terminal = shellOnTerminal("while :; do awsmfa session s3 ls; done; echo never", lab.env);
  await terminal.until("MFA code for phone (profile dev): ");
  terminal.type("\x03");
  const { exitCode, signal } = await terminal.ended;
  expect(exitCode === 130 || signal === 2).toBe(true);
  expect(terminal.shown.match(/MFA code/g)).toHaveLength(1);
  expect(terminal.shown).not.toMatch(/ran|never/);
});

test("^Z and fg: aws stops and goes on", async () => {
  await using lab = await warmLab('echo ready; read -r line </dev/tty; echo "got $line"');
  const terminal = shellOnTerminal(
    'set -m; awsmfa session wait; echo "stopped $?"; fg >/dev/null; echo "status $?"',
    lab.env,
  );
  await terminal.until("ready");
  terminal.type("\x1a");
  await terminal.until("stopped 148");
  terminal.type("hello\r");
  await terminal.until("got hello");
  await terminal.until("status 0");
});

test("aws … | head -1 ends as without us", async () => {
  await using lab = await warmLab("exec yes");
  const script = `'${process.execPath}' '${awsmfa}' session yes | head -1; echo "\${PIPESTATUS[*]}"`;
  const ended = await run("/bin/bash", ["-c", script], { env: lab.env });
  expect(ended).toMatchObject({ stdout: "y\n141 0\n", stderr: "" });
});
