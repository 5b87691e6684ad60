import { Terminal } from "@xterm/headless";

/** What a terminal of some width makes of a text. */
export interface Screen {
  readonly lines: readonly string[];
  /** Lines, column by column; a wide character takes two, of which the second is empty. */
  readonly cellRows: readonly (readonly string[])[];
  /** How many lines the terminal had to break because they were too long. */
  readonly brokenLines: number;
}

/** Shows a text on a terminal emulator. */
export async function onScreen(text: string, cols: number): Promise<Screen> {
  const terminal = new Terminal({ cols, rows: 100, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(text, resolve));
  const buffer = terminal.buffer.active;
  const rows = Array.from({ length: buffer.cursorY + 1 }, (_, row) => buffer.getLine(row)!);
  const screen = {
    lines: rows.map((row) => row.translateToString(true)),
    cellRows: rows.map((row) =>
      Array.from({ length: cols }, (_, column) => row.getCell(column)!.getChars()),
    ),
    brokenLines: rows.filter(({ isWrapped }) => isWrapped).length,
  };
  terminal.dispose();
  return screen;
}
