import widthOf from "fast-string-width";
import { wrapAnsi } from "fast-wrap-ansi";
import type { Look } from "./look.ts";

/** Fills a text up with spaces, on its right or (`end`) on its left. */
export function pad(text: string, width: number, side: "start" | "end" = "start"): string {
  const spaces = " ".repeat(Math.max(0, width - widthOf(text)));
  return side === "start" ? text + spaces : spaces + text;
}

/** Makes a text exactly that wide. */
export function fit(text: string, width: number, look: Pick<Look, "unicode">): string {
  return pad(shorten(text, width, look), width);
}

/** Takes a text's middle out where it is too wide: names are told apart by both of their ends. */
export function shorten(text: string, width: number, { unicode }: Pick<Look, "unicode">): string {
  if (widthOf(text) <= width) return text;
  const ellipsis = unicode ? "…" : "~";
  const characters = text.match(/\P{M}\p{M}*/gu) ?? [];
  const room = Math.max(0, width - 1);
  const head = firstOf(characters, Math.ceil(room / 2));
  const tail = firstOf(characters.toReversed(), room - widthOf(head.join("")));
  return [...head, ellipsis, ...tail.toReversed()].join("");
}

function firstOf(characters: readonly string[], width: number): string[] {
  const taken: string[] = [];
  let room = width;
  for (const character of characters) {
    room -= widthOf(character);
    if (room < 0) break;
    taken.push(character);
  }
  return taken;
}

/** Breaks a sentence between its words; what goes on in the next line is indented. */
export function wrap(text: string, { width }: Pick<Look, "width">): string {
  return wrapAnsi(text, width - 2, { hard: true }).replaceAll("\n", "\n  ");
}

export { widthOf };
