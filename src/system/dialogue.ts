import { createInterface, type Interface } from "node:readline";
import { Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { ReadStream } from "node:tty";
import { keepTerminalSane } from "./keep-terminal-sane.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { writeAll } from "./write-all.ts";

/** For how long the rest of something pasted may take to arrive, in milliseconds. */
const pastedMs = 150;

/** A question that waits for its answer. */
interface Question {
  readonly show: () => void;
  readonly settle: (answer: string | undefined) => void;
}

/**
 * Questions and answers on the controlling terminal, never on stdin, stdout or stderr. From its beginning
 * to its end the terminal shows only what is typed at a question that shows it, for a secret may be typed
 * ahead. However the process ends or is stopped, the terminal is then as before.
 */
export class Dialogue {
  private readonly terminal: Terminal;
  private readonly input: ReadStream;
  private readonly lines: Interface;
  private readonly forget: () => void;
  private question: Question | undefined;
  private ahead: string[] = [];
  /** Whether what is typed is shown. */
  private shows = false;
  /** After ^C or ^Z: what is typed behind it is lost, as ever. */
  private isDeaf = false;
  private isOver = false;
  private hasAsked = false;

  /** Undefined where there is no terminal. */
  static open(): Dialogue | undefined {
    const terminal = openTerminal();
    return terminal && new Dialogue(terminal);
  }

  private constructor(terminal: Terminal) {
    this.terminal = terminal;
    this.input = terminal.stream();
    const output = new Writable({
      decodeStrings: false,
      write: (text: string, _encoding, done) => {
        if (this.shows) this.write(text);
        done();
      },
    });
    const { input } = this;
    this.lines = createInterface({ input, output, terminal: true, historySize: 0 });
    this.lines
      .on("line", (line) => this.take(line))
      .on("close", () => this.end())
      .on("SIGINT", () => this.pass("SIGINT", "^C"))
      .on("SIGTSTP", () => this.pass("SIGTSTP", "^Z"));
    this.forget = keepTerminalSane({
      take: () => this.goOn(),
      giveBack: () => void input.setRawMode(false),
      close: () => this.close(),
    });
  }

  /** Shows lines. */
  tell(text: string): void {
    this.write(`${text}\n`);
  }

  /** The answer; undefined at the end of input (^D). What was typed before the question is dropped. */
  async ask(prompt: string): Promise<string | undefined> {
    if (this.hasAsked) await sleep(pastedMs);
    this.hasAsked = true;
    this.dropLines();
    return this.put(() => {
      this.shows = true;
      this.lines.setPrompt(prompt);
      this.lines.prompt();
    });
  }

  /** The same, and nothing of the answer is shown. It may have been pasted along with the one before. */
  askHidden(prompt: string): Promise<string | undefined> {
    return this.put(() => this.write(prompt));
  }

  close(): void {
    this.forget();
    this.question = undefined;
    this.lines.close();
    this.input.setRawMode(false);
    this.input.destroy();
    this.terminal.close();
  }

  private put(show: () => void): Promise<string | undefined> {
    return new Promise((settle) => {
      this.question = { show, settle };
      show();
      if (this.isOver) this.settle(undefined);
      const line = this.ahead.shift();
      if (line !== undefined) this.settle(line);
    });
  }

  private take(line: string): void {
    if (this.isDeaf) return;
    if (this.question === undefined) this.ahead.push(line);
    else this.settle(line);
  }

  private end(): void {
    this.isOver = true;
    if (this.question !== undefined) this.settle(undefined);
  }

  private settle(answer: string | undefined): void {
    const { settle } = this.question ?? {};
    this.question = undefined;
    // Where the line was shown, so was its end.
    if (!this.shows || answer === undefined) this.write("\n");
    this.shows = false;
    settle?.(answer);
  }

  /** To the whole group, as the line mode of a terminal does. */
  private pass(signal: "SIGINT" | "SIGTSTP", caret: string): void {
    this.isDeaf = true;
    this.shows = false;
    this.write(`${caret}\n`);
    // Windows has no groups.
    if (process.platform === "win32") process.emit(signal, signal);
    else process.kill(0, signal);
  }

  private goOn(): void {
    this.isDeaf = false;
    this.input.setRawMode(true);
    this.dropLines();
    this.question?.show();
  }

  private dropLines(): void {
    this.ahead = [];
    this.lines.write(null, { ctrl: true, name: "u" });
  }

  private write(text: string): void {
    try {
      writeAll(this.terminal.output, text);
    } catch {
      // It is gone, and so is whoever could read it.
    }
  }
}
