import xterm from "@xterm/headless";
import { describe, expect, test } from "vitest";
import { drawTerminal } from "../../scripts/picture/draw-terminal.ts";
import { paletteColour, theme } from "../../scripts/picture/palette.ts";
import { readScreen } from "../../scripts/picture/screen.ts";

/** The picture of what these bytes leave on a terminal of 20 columns. */
async function drawn(bytes: string): Promise<string> {
  const terminal = new xterm.Terminal({ cols: 20, rows: 5, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(bytes, resolve));
  return drawTerminal(readScreen(terminal), "Test <1>");
}

const unit = 'lengthAdjust="spacingAndGlyphs"';

test.each<[what: string, bytes: string, ...parts: string[]]>([
  ["plain text", "hello", `<text x="0" y="15.5" textLength="42" ${unit}>hello</text>`],
  ["the second line", "a\r\nb", 'y="15.5"', 'y="36.5"'],
  ["words of one run", "a b", 'textLength="25.2"', ">a b</text>"],
  ["columns, each in its place", "a  b", ">a</text>", `<text x="25.2" y="15.5" textLength="8.4"`],
  ["a colour", "\x1b[31mred\x1b[0m", `fill="${paletteColour(1)}">red</text>`],
  ["a bright colour", "\x1b[91mred", `fill="${paletteColour(9)}">red</text>`],
  ["one of 256 colours", "\x1b[38;5;208mx", 'fill="#ff8700">x</text>'],
  ["a grey of them", "\x1b[38;5;232mx", 'fill="#080808">x</text>'],
  ["one of all colours", "\x1b[38;2;1;2;255mx", 'fill="#0102ff">x</text>'],
  ["bold", "\x1b[1mx", 'font-weight="bold">x</text>'],
  ["dim", "\x1b[2mx", 'opacity="0.65">x</text>'],
  ["a change within a word", "a\x1b[1mb", ">a</text>", '<text x="8.4"', ">b</text>"],
  ["XML's own characters", `<&">`, ">&#60;&#38;&#34;&#62;</text>"],
  ["wide characters", "日b", 'textLength="16.8"', ">日</text>", '<text x="16.8"', ">b</text>"],
  ["symbols, each in its place", "a✓b", ">a</text>", ">✓</text>", '<text x="16.8"'],
  ["a bar in one piece", "███", `<rect x="0" y="4" width="25.2" height="13" fill="${theme.text}"`],
  ["half blocks, one by one", "▌▌", '<rect x="0" y="4" width="4.2"', '<rect x="8.4" y="4"'],
  ["a light shade", "░░", 'width="16.8" height="13"', 'opacity="0.2"'],
  ["the cursor", "ab", '<rect x="16.8" y="2" width="8.4" height="17" fill="#8b949e"/>'],
])("%s", async (_what, bytes, ...parts) => {
  const picture = await drawn(bytes);
  for (const part of parts) expect(picture).toContain(part);
});

test("blank lines around the text are left out, those in it are not", async () => {
  const picture = await drawn("\r\na\r\n\r\nb");
  expect(picture.match(/ y="[\d.]+" textLength/g)).toEqual([
    ' y="15.5" textLength',
    ' y="57.5" textLength',
  ]);
});

test("a screen reader gets title and text", async () => {
  const picture = await drawn("a\r\n  b");
  expect(picture).toContain('role="img" aria-label="Test &#60;1&#62;:&#10;a&#10;  b"');
  expect(picture).toContain("<title>Test &#60;1&#62;</title>");
});

describe("every ANSI colour is legible", () => {
  test.each(Array.from({ length: 16 }, (_, index) => index))("colour %i", (index) => {
    expect(contrast(paletteColour(index), theme.background)).toBeGreaterThan(4.5);
  });
});

/** Contrast ratio of WCAG 2. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((start) => Number.parseInt(colour.slice(start, start + 2), 16) / 255)
    .map((part) => (part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
