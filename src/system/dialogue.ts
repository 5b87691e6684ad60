import { createInterface, type Interface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { ReadStream } from "node:tty";
import { keepTerminalSane } from "./keep-terminal-sane.ts";
import { Questions } from "./questions.ts";
import { Screen } from "./screen.ts";
import { openTerminal, type Terminal } from "./terminal.ts";

/** For how long the rest of something pasted may take to arrive, in milliseconds. */
const pastedMs = 150;

/** What `readline` tells of a key. */
interface Key {
  readonly sequence?: string;
}

/**
 * Yank, undo and redo: what was taken out of a line, a secret perhaps, must not come back into one that is
 * shown.
 */
const bringsBack = /^(?:\x19|\x1by|\x1e|\x1f)$/;

/** A look into the history, which is empty. */
const noKey = { sequence: "", name: "up", ctrl: false, meta: false };

/**
 * Questions and answers on the controlling terminal, never on stdin, stdout or stderr. From its beginning
 * to its end the terminal shows only what is typed at a question that shows it, for a secret may be typed
 * ahead. However the process ends or is stopped, the terminal is then as before.
 */
export class Dialogue {
  private readonly terminal: Terminal;
  private readonly input: ReadStream;
  private readonly screen: Screen;
  private readonly questions = new Questions((answer) => this.endLine(answer));
  private readonly lines: Interface;
  private readonly forget: () => void;
  /** After ^C or ^Z: what is typed behind it is lost, as ever. */
  private isDeaf = false;
  private hasAsked = false;

  /** Undefined where there is no terminal. */
  static open(): Dialogue | undefined {
    const terminal = openTerminal();
    return terminal && new Dialogue(terminal);
  }

  private constructor(terminal: Terminal) {
    this.terminal = terminal;
    this.input = terminal.stream();
    this.screen = new Screen(terminal.output);
    const { input } = this;
    const output = this.screen.echo;
    this.lines = createInterface({ input, output, terminal: true, historySize: 0 });
    this.lines
      .on("line", (line) => this.isDeaf || this.questions.take(line))
      .on("close", () => this.questions.end())
      .on("SIGINT", () => this.pass("SIGINT", "^C"))
      .on("SIGTSTP", () => this.pass("SIGTSTP", "^Z"));
    input.prependListener("keypress", (_text, key: Key) => this.look(key));
    this.forget = keepTerminalSane({
      take: () => this.goOn(),
      giveBack: () => void input.setRawMode(false),
      close: () => this.close(),
    });
  }

  /** Shows lines. */
  tell(text: string): void {
    this.screen.write(`${text}\n`);
  }

  /** The answer; undefined at the end of input (^D). What was typed before the question is dropped. */
  async ask(prompt: string): Promise<string | undefined> {
    if (this.hasAsked) await sleep(pastedMs);
    this.hasAsked = true;
    this.dropLines();
    if (this.questions.isOver) return this.askHidden(prompt);
    return this.questions.put(() => {
      this.screen.echoes = true;
      this.lines.setPrompt(prompt);
      this.lines.prompt();
    });
  }

  /** The same, and nothing of the answer is shown. It may have been pasted along with the one before. */
  askHidden(prompt: string): Promise<string | undefined> {
    return this.questions.put(() => this.screen.write(prompt));
  }

  close(): void {
    this.forget();
    this.questions.forget();
    this.lines.close();
    this.input.setRawMode(false);
    this.input.destroy();
    this.terminal.close();
  }

  /** Before readline does. */
  private look(key: Key): void {
    // It would take that for a letter.
    if (key.sequence === "\x1c") this.pass("SIGQUIT", "^\\");
    const isEnd = key.sequence === "\x04" && this.lines.line === "";
    // readline would leave its mode with the end, and the rest would be shown.
    if (isEnd) this.questions.end();
    if (isEnd || bringsBack.test(key.sequence ?? "")) Object.assign(key, noKey);
  }

  private endLine(answer: string | undefined): void {
    // Where the line was shown, so was its end.
    if (!this.screen.echoes || answer === undefined) this.screen.write("\n");
    this.screen.echoes = false;
  }

  /** To the whole group, as the line mode of a terminal does. */
  private pass(signal: "SIGINT" | "SIGQUIT" | "SIGTSTP", caret: string): void {
    this.isDeaf = true;
    this.screen.echoes = false;
    this.screen.write(`${caret}\n`);
    // Windows has no groups.
    if (process.platform === "win32") process.emit(signal, signal);
    else process.kill(0, signal);
  }

  private goOn(): void {
    this.isDeaf = false;
    this.input.setRawMode(true);
    this.dropLines();
    this.questions.showAgain();
  }

  private dropLines(): void {
    this.questions.dropLines();
    // readline is of no use once it is closed.
    if (this.questions.isOver) return;
    for (const name of ["e", "u"]) this.lines.write(null, { ctrl: true, name });
  }
}
