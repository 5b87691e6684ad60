import type { SessionSummary } from "../../core/session/session-summary.ts";
import { drawBar } from "./bar.ts";
import { textColumns, type Column } from "./columns.ts";
import { fit, pad, widthOf } from "../fit-text.ts";
import type { Colors, Look } from "../look.ts";
import { durationWords } from "../../core/time-words.ts";
import { gap, layOut, markWidth, type Layout } from "./layout.ts";

/** Below that it is time to think of the next code. */
const soonSeconds = 3600;

/** A name keeps that much of a narrow column, whatever branches stand before it. */
const leastName = 4;

const timeTitle = { withBar: "TIME LEFT", alone: "LEFT" };

/** The sessions as lines no wider than the terminal: the less room, the fewer columns. */
export function sessionTable(
  sessions: readonly SessionSummary[],
  now: Date,
  look: Look,
): readonly string[] {
  const words = sessions.map(({ secondsLeft }) => durationWords(secondsLeft));
  const wordsWidth = Math.max(...[timeTitle.alone, ...words].map((text) => widthOf(text)));
  const layout = layOut(textColumns(sessions, now, look), wordsWidth, look.width);
  const rows = sessions.map((session, row) => {
    const time = timeCell(session, pad(words[row] ?? "", wordsWidth, "end"), layout, look);
    return sessionLine(session, row, time, layout, look);
  });
  return [headerLine(wordsWidth, layout, look), ...rows];
}

function headerLine(wordsWidth: number, { before, bar, after }: Layout, look: Look): string {
  const time =
    bar > 0
      ? pad(timeTitle.withBar, bar + gap.length + wordsWidth)
      : pad(timeTitle.alone, wordsWidth, "end");
  const titles = (columns: readonly Column[]): string[] =>
    columns.map(({ title, width }) => fit(title, width, look));
  const cells = [...titles(before), time, ...titles(after)];
  return look.colors.dim(" ".repeat(markWidth) + cells.join(gap).trimEnd());
}

function sessionLine(
  session: SessionSummary,
  row: number,
  time: string,
  { before, after }: Layout,
  look: Look,
): string {
  const { colors, unicode } = look;
  const [first = "", ...more] = before.map((column, index) => {
    const [branch, text] = cellOf(column, row, look);
    return branch + (index === 0 && session.active ? colors.bold(text) : text);
  });
  const sign = pad(session.active ? (unicode ? "●" : "*") : "", markWidth);
  const mark = session.active ? colors.green(sign) : sign;
  // The last one is not filled up: no line ends in spaces.
  const last = after.map(({ cells }) => cells[row] ?? "");
  const line = [mark + first, ...more, time, ...last].join(gap);
  return session.secondsLeft === 0 ? colors.dim(line) : line;
}

/** The branches before a cell, and the cell, together as wide as the column. */
function cellOf(
  { cells, branches, width }: Column,
  row: number,
  look: Look,
): [branch: string, text: string] {
  const branch = branches?.[row]?.slice(0, Math.max(0, width - leastName)) ?? "";
  return [branch, fit(cells[row] ?? "", width - branch.length, look)];
}

function timeCell(
  session: SessionSummary,
  words: string,
  { bar }: Layout,
  { colors, unicode }: Look,
): string {
  const paint = urgency(session, colors);
  if (bar === 0) return paint(words);
  const { left, gone } = drawBar(session.fractionLeft, bar, unicode);
  return paint(left) + (session.secondsLeft === 0 ? gone : colors.dim(gone)) + gap + paint(words);
}

function urgency({ secondsLeft, usable, source }: SessionSummary, colors: Colors): Colors["red"] {
  if (secondsLeft === 0) return String;
  if (!usable) return colors.red;
  // What hangs on another session lasts an hour at most, and is made anew without a code.
  return secondsLeft < soonSeconds && source === undefined ? colors.yellow : colors.green;
}
