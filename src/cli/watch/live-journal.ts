import type { Context } from "../../core/context.ts";
import type { Journal, SectionState, WatchEvent } from "../../core/watch/watch-event.ts";
import { isInForeground } from "../../system/foreground.ts";
import { Screen } from "../../system/screen.ts";
import { terminalColumns } from "../../system/terminal-columns.ts";
import { isUtf8, usualWidth } from "../look.ts";
import { liveLine } from "./live-line.ts";
import { ToldHints } from "./told-hints.ts";
import { watchWords } from "./watch-words.ts";

const stderr = 2;

const toEndOfLine = "\u001b[K";

/**
 * One line on the terminal that says how things stand, drawn over itself, and above it what has to be said.
 * In the background nothing is drawn: the line below belongs to whoever is in the foreground.
 */
export class LiveJournal implements Journal {
  private readonly context: Context;
  private readonly screen = new Screen(stderr);
  private readonly hints = new ToldHints();
  private readonly unicode: boolean;
  /** In columns. Looking it up costs a stream, too much for every minute of months. */
  private width = widthNow();
  /** What the line tells; undefined where it is to be left away. */
  private states: readonly SectionState[] | undefined;
  /** The line as it stands on the terminal. */
  private shown = "";

  constructor(context: Context) {
    this.context = context;
    this.unicode = isUtf8(context.env);
    process.on("SIGWINCH", this.drawInWidth);
    process.on("SIGCONT", this.drawAnew);
  }

  tell(event: WatchEvent): void {
    const hint = this.hints.below(event);
    // The line says it.
    if (event.kind === "valid" || event.kind === "renewed") return;
    this.clear();
    if (event.kind === "ended") return;
    this.context.report.say(`${watchWords(event, this.context.now())}${hint}`);
  }

  idle(states: readonly SectionState[]): void {
    this.states = states;
    this.draw();
  }

  clear(): void {
    this.states = undefined;
    if (this.shown !== "" && isInForeground()) this.screen.write(`\r${toEndOfLine}`);
    this.shown = "";
  }

  private draw(): void {
    if (this.states === undefined || this.line() === this.shown || !isInForeground()) return;
    // What changes it in the background is not told.
    if (this.shown === "") this.width = widthNow();
    this.shown = this.line();
    this.screen.write(`\r${this.shown}${toEndOfLine}`);
  }

  private line(): string {
    const { states = [], context, width, unicode } = this;
    return liveLine(states, context.now(), { width, unicode });
  }

  private readonly drawInWidth = (): void => {
    this.width = widthNow();
    this.draw();
  };

  /** After ^Z the shell has written below it. */
  private readonly drawAnew = (): void => {
    this.shown = "";
    this.draw();
  };
}

/** In the last column the cursor of some terminals is in the next line already. */
function widthNow(): number {
  return (terminalColumns(stderr) ?? usualWidth) - 1;
}
