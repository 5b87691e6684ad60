/** A rectangle in parts of a cell: 0 is its left or top, 1 its right or bottom. */
export interface Block {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly opacity: number;
}

const whole: Block = { x: 0, y: 0, width: 1, height: 1, opacity: 1 };
const light = { y: 0.47, height: 0.06 };
const heavy = { y: 0.43, height: 0.14 };

const blocks = new Map<string, Block>([
  ["█", whole],
  ["▀", { ...whole, height: 0.5 }],
  ["▐", { ...whole, x: 0.5, width: 0.5 }],
  ["░", { ...whole, opacity: 0.2 }],
  ["▒", { ...whole, opacity: 0.45 }],
  ["▓", { ...whole, opacity: 0.7 }],
  ["─", { ...whole, ...light }],
  ["━", { ...whole, ...heavy }],
  ["╴", { ...whole, ...light, width: 0.5 }],
  ["╶", { ...whole, ...light, x: 0.5, width: 0.5 }],
  ["╸", { ...whole, ...heavy, width: 0.5 }],
  ["╺", { ...whole, ...heavy, x: 0.5, width: 0.5 }],
  ...[..."▏▎▍▌▋▊▉"].map((text, index) => [text, leftPart((index + 1) / 8)] as const),
  ...[..."▁▂▃▄▅▆▇"].map((text, index) => [text, lowerPart((index + 1) / 8)] as const),
]);

/** The rectangle that a block character is: drawn by a font, neighbours would leave gaps. */
export function blockOf(text: string): Block | undefined {
  return blocks.get(text);
}

function leftPart(width: number): Block {
  return { ...whole, width };
}

function lowerPart(height: number): Block {
  return { ...whole, y: 1 - height, height };
}
