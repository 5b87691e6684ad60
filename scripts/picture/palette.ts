/** Colours of the window; the text in it is legible on `background`, on light pages and dark ones. */
export const theme = {
  background: "#161b22",
  frame: "#30363d",
  text: "#e6edf3",
  cursor: "#8b949e",
  dots: ["#ff5f57", "#febc2e", "#28c840"],
} as const;

/** The 16 ANSI colours, the bright ones last. */
const ansi = [
  ["#7d8590", "#ff7b72", "#3fb950", "#d29922", "#58a6ff", "#bc8cff", "#39c5cf", "#b1bac4"],
  ["#8b949e", "#ffa198", "#56d364", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#ffffff"],
].flat();

/** The colour behind a number of xterm's palette: 16 by name, a cube of 216, 24 greys. */
export function paletteColour(index: number): string {
  if (index < 16) return ansi[index] ?? theme.text;
  if (index >= 232) return rgbColour((8 + (index - 232) * 10) * 0x01_01_01);
  const level = (digit: number): number => (digit === 0 ? 0 : 55 + digit * 40);
  const place = index - 16;
  const [red, green, blue] = [place / 36, (place / 6) % 6, place % 6].map(Math.floor).map(level);
  return rgbColour(((red ?? 0) << 16) | ((green ?? 0) << 8) | (blue ?? 0));
}

/** A colour given as `0xRRGGBB`. */
export function rgbColour(value: number): string {
  return `#${value.toString(16).padStart(6, "0")}`;
}
