import { chmodSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { awsCompleter, awsmfa } from "./commands.ts";
import type { Lab } from "./lab.ts";
import { onTerminal, type OnTerminal } from "./on-terminal.ts";

/** A shell that somebody types into, TABs and all. */
export interface CompletingShell extends OnTerminal {
  /** Types a line and ends it; what the program in it was given. */
  run(line: string): Promise<string[]>;
}

/** Shells whose completion is tried on a terminal. */
export type Completing = "bash" | "zsh" | "fish";

const prompt = "ready> ";

const starts: Record<Completing, { argv: readonly string[]; file: string; prelude: string }> = {
  bash: {
    argv: ["bash", "--noprofile", "--rcfile", ".bashrc", "-i"],
    file: ".bashrc",
    prelude: `PS1='${prompt}'`,
  },
  zsh: { argv: ["zsh", "-d", "-i"], file: ".zshrc", prelude: `PS1='${prompt}'` },
  fish: {
    argv: ["fish", "-i"],
    file: ".config/fish/config.fish",
    prelude: `set -g fish_greeting; function fish_prompt; printf '${prompt}'; end`,
  },
};

/** A program that leaves what it was given behind, and says that it is done. */
const recorder = `printf '%s\\0' "$@" >"$HOME/given"\necho given-ok\n`;

/**
 * Puts programs on `PATH` that record what they are given: `awsmfa`, but for completion, where it is the
 * built one, and these others.
 */
export function installRecorders(lab: Lab, ...others: readonly string[]): void {
  const completes = `case $1 in complete | completion)\n  exec '${process.execPath}' '${awsmfa}' "$@" ;;\nesac\n`;
  for (const name of ["awsmfa", ...others]) {
    const body = name === "awsmfa" ? completes + recorder : recorder;
    chmodSync(lab.write(`bin/${name}`, `#!/bin/sh\n${body}`), 0o755);
  }
}

/** Puts the real `aws_completer` on `PATH`, leaving behind what it is asked. */
export function installCompleter(lab: Lab): void {
  const script = `#!/bin/sh\nprintf '%s\\n' "$COMP_LINE" >>"$HOME/asked"\nexec '${awsCompleter()}' "$@"\n`;
  chmodSync(lab.write("bin/aws_completer", script), 0o755);
}

/** Starts an interactive shell in the lab's home, with this in its start-up file. */
export async function completingShell(
  lab: Lab,
  name: Completing,
  startUp: string,
  more: Readonly<Record<string, string>> = {},
): Promise<CompletingShell> {
  const { argv, file, prelude } = starts[name];
  lab.write(file, `${prelude}\n${startUp}\n`);
  // Where this is not there yet, fish reads every manual page of the machine, in the background.
  lab.write(".local/share/fish/generated_completions/none.fish", "");
  const env = { ...lab.env, ZDOTDIR: lab.home, ...more };
  const terminal = onTerminal("/usr/bin/env", ["-C", lab.home, ...argv], env);
  await terminal.until(prompt);
  const given = join(lab.home, "given");
  return {
    ...terminal,
    get shown() {
      return terminal.shown;
    },
    async run(line) {
      rmSync(given, { force: true });
      terminal.type(`${line}\r`);
      await terminal.until("given-ok");
      await terminal.until(prompt);
      return readFileSync(given, "utf8").split("\0").slice(0, -1);
    },
  };
}
