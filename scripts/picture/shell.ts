import { setTimeout as pause } from "node:timers/promises";
import { spawn } from "@lydell/node-pty";
import xterm from "@xterm/headless";
import { readScreen, type Screen } from "./screen.ts";

/** An interactive bash on a terminal of its own, with somebody in front of it. */
export interface Shell {
  /** Types a command, and waits until it has succeeded and the shell asks for the next one. */
  run(command: string): Promise<void>;
  /** Types a line, and waits until the text is shown. Rejects after 20 s, or when the shell ends. */
  enter(line: string, awaited: string): Promise<void>;
  /** What the terminal shows now. */
  look(): Promise<Screen>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface ShellOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly columns: number;
}

/**
 * An empty line before each command, which is bold (`PS0` ends that, of bash 4.4 and newer). The title
 * that is set along with it, and is not in the picture, is the status of the command before.
 */
const prompts = { PS1: String.raw`\n\[\e]0;$?\a\e[32m\]$\[\e[0;1m\] `, PS0: String.raw`\e[0m` };

/** The prompt after a command that succeeded. */
const prompt = "\x1b]0;0\x07\x1b[32m$\x1b[0;1m ";

/** Starts the shell and runs the set-up, of which nothing is seen: it waits on a clean screen. */
export async function startShell(setup: string, options: ShellOptions): Promise<Shell> {
  const shell = onTerminal(options);
  await shell.enter(`${setup} && printf '\\033c'`, "\x1bc");
  await shell.until(prompt);
  return { ...shell, run: (command) => shell.enter(command, prompt) };
}

function onTerminal({ env, cwd, columns }: ShellOptions) {
  const size = { cols: columns, rows: 40 };
  const terminal = new xterm.Terminal({ ...size, allowProposedApi: true });
  const ownEnv = { ...env, ...prompts, TERM: "xterm-256color", HISTFILE: "" };
  const pty = spawn("bash", ["--norc", "--noprofile"], { ...size, cwd, env: ownEnv });
  const ended = new Promise<void>((resolve) => pty.onExit(() => resolve()));
  const output = watchOutput(ended);
  pty.onData((data) => {
    output.add(data);
    terminal.write(data);
  });
  return {
    until: output.until,
    enter(line: string, awaited: string): Promise<void> {
      pty.write(`${line}\r`);
      return output.until(awaited);
    },
    look: (): Promise<Screen> =>
      new Promise((resolve) => terminal.write("", () => resolve(readScreen(terminal)))),
    [Symbol.asyncDispose](): Promise<void> {
      pty.kill();
      return ended;
    },
  };
}

function watchOutput(ended: Promise<void>) {
  let output = "";
  let over = false;
  void ended.then(() => (over = true));
  return {
    add: (data: string): void => void (output += data),
    /** Waits for the text, and from then on looks behind it. */
    async until(text: string): Promise<void> {
      const deadline = Date.now() + 20_000;
      while (!output.includes(text)) {
        if (over || Date.now() > deadline) throw new Error(`No "${text}" in:\n${output}`);
        await pause(10);
      }
      output = output.slice(output.indexOf(text) + text.length);
    },
  };
}
