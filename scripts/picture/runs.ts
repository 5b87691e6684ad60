import { blockOf } from "./blocks.ts";
import type { Cell, Look } from "./screen.ts";

/** Text that is drawn as one: neighbours of one look, no more than one space between words. */
export interface Run {
  readonly column: number;
  readonly columns: number;
  readonly text: string;
  readonly look: Look;
}

/** The runs of a line; blanks between them are not drawn. */
export function runsOf(line: readonly Cell[]): Run[] {
  const runs: Run[] = [];
  let column = 0;
  for (const { text, width, look } of line) {
    const previous = runs.at(-1);
    if (previous !== undefined && joins(previous, { column, columns: width, text, look })) {
      runs.splice(-1, 1, extended(previous, text, width));
    } else runs.push({ column, columns: width, text, look });
    column += width;
  }
  return runs.flatMap(withoutBlanks);
}

/** Fonts differ in the width of symbols: each has a place of its own, and only blocks make a bar. */
function joins(previous: Run, next: Run): boolean {
  if (!sameLook(previous.look, next.look)) return false;
  const last = previous.text.at(-1) ?? "";
  if (blockOf(next.text)?.width === 1) return last === next.text;
  return isLetter(last) && isLetter(next.text);
}

function isLetter(text: string): boolean {
  return /^[\0-\u02ff]$/.test(text);
}

function extended(run: Run, text: string, width: number): Run {
  return { ...run, text: run.text + text, columns: run.columns + width };
}

function withoutBlanks({ column, columns, text, look }: Run): Run[] {
  if (text.length !== columns) return [{ column, columns, text, look }];
  return [...text.matchAll(/\S+(?: \S+)*/g)].map(({ 0: words, index }) => ({
    column: column + index,
    columns: words.length,
    text: words,
    look,
  }));
}

function sameLook(one: Look, other: Look): boolean {
  return one.colour === other.colour && one.bold === other.bold && one.dim === other.dim;
}
