import type { IBufferCell, IBufferLine, Terminal } from "@xterm/headless";
import { paletteColour, rgbColour, theme } from "./palette.ts";

/** How a cell's text is drawn. */
export interface Look {
  readonly colour: string;
  readonly bold: boolean;
  readonly dim: boolean;
}

/** One character of the screen, in one column or, where it is wide, two. */
export interface Cell {
  readonly text: string;
  readonly width: number;
  readonly look: Look;
}

/** What a terminal shows; blank lines around it are left out. */
export interface Screen {
  readonly columns: number;
  readonly lines: readonly (readonly Cell[])[];
  readonly cursor: { readonly line: number; readonly column: number };
}

/** Takes down what a terminal emulator shows now. */
export function readScreen(terminal: Terminal): Screen {
  const buffer = terminal.buffer.active;
  const cursorLine = buffer.baseY + buffer.cursorY;
  const all = Array.from({ length: buffer.length }, (_, index) => readLine(buffer.getLine(index)));
  const isThere = (line: readonly Cell[], index: number): boolean =>
    index === cursorLine || textOf(line) !== "";
  const first = all.findIndex(isThere);
  return {
    columns: terminal.cols,
    lines: all.slice(first, all.findLastIndex(isThere) + 1),
    cursor: { line: cursorLine - first, column: buffer.cursorX },
  };
}

/** The text of a line, without blanks at its end. */
export function textOf(line: readonly Cell[]): string {
  return line
    .map(({ text }) => text)
    .join("")
    .trimEnd();
}

function readLine(line: IBufferLine | undefined): Cell[] {
  const cells: Cell[] = [];
  for (let column = 0; column < (line?.length ?? 0); column++) {
    const cell = line?.getCell(column);
    // What follows a wide character has no width of its own.
    if (cell === undefined || cell.getWidth() === 0) continue;
    cells.push({ text: cell.getChars() || " ", width: cell.getWidth(), look: lookOf(cell) });
  }
  return cells;
}

function lookOf(cell: IBufferCell): Look {
  return { colour: colourOf(cell), bold: cell.isBold() !== 0, dim: cell.isDim() !== 0 };
}

function colourOf(cell: IBufferCell): string {
  if (cell.isFgPalette()) return paletteColour(cell.getFgColor());
  return cell.isFgRGB() ? rgbColour(cell.getFgColor()) : theme.text;
}
