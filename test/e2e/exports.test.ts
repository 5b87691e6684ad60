import { describe, expect, test } from "vitest";
import { startLab, type Lab } from "../support/lab.ts";
import { onTerminal, type OnTerminal } from "../support/on-terminal.ts";
import { run } from "../support/run.ts";

/** Each shell, and the ways in which its users take over what a command prints. */
// prettier-ignore
const ways: [shell: string, flags: string[], exports: string, unsets: string][] = [
  ["bash", ["-c"], 'eval "$(awsmfa exports)"', 'eval "$(awsmfa unsets)"'],
  ["bash", ["-c"], "eval $(awsmfa exports)", "eval $(awsmfa unset)"],
  ["bash", ["-eu", "-o", "pipefail", "-c"], "source <(awsmfa exports)", "eval `awsmfa unsets`"],
  ["zsh", ["-f", "-c"], 'eval "$(awsmfa exports)"', 'eval "$(awsmfa unsets)"'],
  ["zsh", ["-f", "-c"], "eval $(awsmfa exports)", "eval $(awsmfa unsets)"],
  ["dash", ["-c"], 'eval "$(awsmfa exports)"', 'eval "$(awsmfa unsets)"'],
  ["dash", ["-eu", "-c"], "eval $(awsmfa exports)", "eval $(awsmfa unsets)"],
  ["fish", ["--no-config", "-c"], "awsmfa exports | source", "awsmfa unsets | source"],
  ["fish", ["--no-config", "-c"], "eval (awsmfa exports)", "eval (awsmfa unsets)"],
  ["fish", ["--no-config", "-c"], 'eval "$(awsmfa exports)"', 'eval "$(awsmfa unsets)"'],
  ["tcsh", ["-f", "-c"], 'eval "`awsmfa exports`"', 'eval "`awsmfa unsets`"'],
  ["tcsh", ["-f", "-c"], "eval `awsmfa exports`", "eval `awsmfa unsets`"],
];

const statusOf = (shell: string): string =>
  shell === "fish" || shell === "tcsh" ? "$status" : "$?";

describe.each(ways)("%s %j: %s", (shell, flags, exports, unsets) => {
  const inShell = (lab: Lab, script: string, more = {}) =>
    run(`/usr/bin/${shell}`, [...flags, script], { env: { ...lab.env, ...more } });

  test("aws works with what is exported, and is denied again after unsets", async () => {
    await using lab = await startLab();
    lab.installAwsmfa();
    await lab.signIn();
    const script = `${exports}; aws s3 ls && ${unsets}; aws s3 ls || env`;
    const ended = await inShell(lab, script, { AWS_SECURITY_TOKEN: "stale" });
    expect(ended.stdout).toMatch(/ demo-invoices\n.* demo-photos\n/);
    expect(ended.stderr).toContain("AccessDenied");
    expect(ended.stderr).not.toContain("awsmfa");
    expect(ended.stdout).not.toMatch(/^AWS_(ACCESS|SECRET|SESSION|SECURITY|CREDENTIAL)_/m);
    expect(lab.sandbox.calls.filter(({ operation }) => operation === "ListBuckets")).toMatchObject([
      { errorCode: undefined },
      { errorCode: "AccessDenied" },
    ]);
  });

  test("what fails sets nothing, and the eval fails", async () => {
    await using lab = await startLab();
    lab.installAwsmfa();
    const strict = flags[0] === "-eu";
    const script = `${exports}; echo status=${statusOf(shell)}; env`;
    const ended = await inShell(lab, script);
    expect(ended.stderr).toContain("awsmfa: no MFA code for phone (profile dev)");
    // A strict shell ends at once.
    if (strict) expect(ended).toMatchObject({ code: 253, stdout: "" });
    else expect(ended.stdout).toMatch(/^status=253\n/);
    expect(ended.stdout).not.toMatch(/^AWS_(ACCESS|SECRET|SESSION)_/m);
  });
});

/**
 * How to start each shell for somebody at a terminal, with a prompt that can be waited for, and the
 * status it has after ^C: zsh and tcsh have one of their own, if they are quicker than we are.
 */
// prettier-ignore
const interactive: [shell: string, args: string[], prompt: string, exports: string, interrupted: number[]][] = [
  ["bash", ["--norc", "-i"], 'PS1="rea""dy> "', 'eval "$(awsmfa exports)"', [130]],
  ["zsh", ["-f", "-i"], 'PS1="rea""dy> "', 'eval "$(awsmfa exports)"', [1, 130]],
  ["dash", ["-i"], 'PS1="rea""dy> "', 'eval "$(awsmfa exports)"', [130]],
  ["fish", ["--no-config", "-i"], 'function fish_prompt; echo "rea""dy> "; end', "awsmfa exports | source", [130]],
  ["tcsh", ["-f", "-i"], 'set prompt="rea""dy> "', 'eval "`awsmfa exports`"', [1, 130]],
];

describe.each(interactive)(
  "in %s at a terminal",
  (shell, args, setPrompt, exports, interrupted) => {
    const start = async (lab: Lab) => {
      lab.installAwsmfa();
      const terminal = onTerminal(`/usr/bin/${shell}`, args, lab.env);
      terminal.type(`${setPrompt}\r`);
      await terminal.until("ready> ");
      return terminal;
    };
    /** Asks the shell for its status and key, so that the echo of the question is not taken for the answer. */
    const answer = async (terminal: OnTerminal): Promise<{ status: number; key: string }> => {
      const key =
        shell === "fish"
          ? "(printenv AWS_ACCESS_KEY_ID; or echo none)"
          : '"`printenv AWS_ACCESS_KEY_ID || echo none`"';
      terminal.type(`echo sta""tus=${statusOf(shell)} key=${key}\r`);
      await terminal.until("status=");
      await terminal.until("ready> ");
      const [, status, held = ""] = /status=(\d+) key=(\w+)/.exec(terminal.shown) ?? [];
      terminal.type("exit\r");
      await terminal.ended;
      return { status: Number(status), key: held };
    };

    test("the code is asked for on the terminal, and aws works", async () => {
      await using lab = await startLab();
      const terminal = await start(lab);
      terminal.type(`${exports}\r`);
      await terminal.until("MFA code for phone (profile dev): ");
      terminal.type(`${lab.sandbox.freshCode("alice")}\r`);
      await terminal.until("ready> ");
      terminal.type("aws s3 ls\r");
      await terminal.until("demo-photos");
      await terminal.until("ready> ");
      expect(await answer(terminal)).toEqual({
        status: 0,
        key: expect.stringMatching(/^ASIA\w+$/),
      });
    });

    test("^C at the prompt sets nothing and leaves a failing status", async () => {
      await using lab = await startLab();
      const terminal = await start(lab);
      terminal.type(`${exports}\r`);
      await terminal.until("MFA code for phone (profile dev): ");
      terminal.type("\x03");
      await terminal.until("ready> ");
      const { status, key } = await answer(terminal);
      expect(key).toBe("none");
      expect(interrupted).toContain(status);
    });

    test("three wrong codes set nothing and leave a failing status", async () => {
      await using lab = await startLab();
      const terminal = await start(lab);
      terminal.type(`${exports}\r`);
      for (let attempt = 0; attempt < 3; attempt++) {
        await terminal.until("MFA code for phone (profile dev): ");
        terminal.type(`${lab.sandbox.wrongCode("alice")}\r`);
      }
      await terminal.until("AWS did not accept that code");
      await terminal.until("ready> ");
      expect(await answer(terminal)).toEqual({ status: 254, key: "none" });
    });
  },
);
