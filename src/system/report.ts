import type { Report } from "../core/context.ts";
import { writeAll } from "./write-all.ts";

/** Messages go to stderr at once; a stderr that is closed or full costs us the message, no more. */
export function stderrReport({ debugging }: { debugging: boolean }): Report {
  const said = new Set<string>();
  const say = (text: string): void => write(`awsmfa: ${text}\n`);
  return {
    say,
    sayOnce: (text) => {
      if (!said.has(text)) say(text);
      said.add(text);
    },
    debug: (text) => {
      if (debugging) write(`awsmfa: debug: ${typeof text === "string" ? text : text()}\n`);
    },
  };
}

function write(text: string): void {
  try {
    writeAll(2, text);
  } catch {
    // Nobody is listening: there is nowhere left to say so.
  }
}
