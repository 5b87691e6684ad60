import { blockOf, type Block } from "./blocks.ts";
import { theme } from "./palette.ts";
import { runsOf, type Run } from "./runs.ts";
import { textOf, type Screen } from "./screen.ts";
import { element, escapeXml } from "./xml.ts";

const fontSize = 14;
const cell = { width: 8.4, height: 21 };
const baseline = 15.5;
/** Where blocks stand in a line: as high as the text, so that bars of two lines stay apart. */
const bar = { top: 4, height: 13 };
const padding = 20;
const titleBar = 40;

const fonts = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";

/** A picture (SVG) of a terminal; all of its text is in it as text. */
export function drawTerminal(screen: Screen, title: string): string {
  const width = Math.ceil(screen.columns * cell.width) + 2 * padding;
  const height = titleBar + screen.lines.length * cell.height + padding;
  const document = {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
    "aria-label": `${title}:\n${screen.lines.map(textOf).join("\n")}`,
  };
  const content = [element("title", {}, escapeXml(title)), ...frame(width, height)];
  return `${element("svg", document, "", ...content, ...text(screen), "")}\n`;
}

function frame(width: number, height: number): string[] {
  const border = { x: 0.5, y: 0.5, width: width - 1, height: height - 1, rx: 10 };
  const dots = theme.dots.map((fill, index) =>
    element("circle", { cx: padding + 2 + index * 20, cy: 20, r: 6, fill }),
  );
  return [element("rect", { ...border, fill: theme.background, stroke: theme.frame }), ...dots];
}

function text({ lines, cursor }: Screen): string[] {
  const place = { transform: `translate(${padding} ${titleBar})` };
  const font = { "font-family": fonts, "font-size": fontSize, fill: theme.text };
  const drawn = lines.flatMap((line, index) => runsOf(line).map((run) => drawRun(run, index)));
  return [element("g", { ...place, ...font }, "", ...drawn, drawCursor(cursor), "")];
}

function drawCursor({ line, column }: Screen["cursor"]): string {
  const place = { x: column * cell.width, y: line * cell.height + 2 };
  const size = { width: cell.width, height: cell.height - 4 };
  return element("rect", { ...place, ...size, fill: theme.cursor });
}

function drawRun(run: Run, line: number): string {
  const block = blockOf(run.text.charAt(0));
  return block === undefined ? drawText(run, line) : drawBlock(block, run, line);
}

/** With a length of its own, text keeps its columns in every font. */
function drawText({ text, column, columns, look }: Run, line: number): string {
  const attributes = {
    x: column * cell.width,
    y: line * cell.height + baseline,
    textLength: columns * cell.width,
    lengthAdjust: "spacingAndGlyphs",
    fill: look.colour === theme.text ? undefined : look.colour,
    "font-weight": look.bold ? "bold" : undefined,
    opacity: look.dim ? 0.65 : undefined,
  };
  return element("text", attributes, escapeXml(text));
}

function drawBlock(block: Block, { column, columns, look }: Run, line: number): string {
  return element("rect", {
    x: (column + block.x) * cell.width,
    y: line * cell.height + bar.top + block.y * bar.height,
    width: (columns - 1 + block.width) * cell.width,
    height: block.height * bar.height,
    fill: look.colour,
    opacity: look.dim ? block.opacity * 0.65 : block.opacity,
    "shape-rendering": "crispEdges",
  });
}
