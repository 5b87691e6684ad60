import type { Context } from "../../core/context.ts";
import type { Journal } from "../../core/watch/watch-event.ts";
import { localTimeWithOffset } from "../../core/time-words.ts";
import { ToldHints } from "./told-hints.ts";
import { watchWords } from "./watch-words.ts";

/** A line on stderr for each event, with the time in front unless the reader has clocked it already. */
export function plainJournal(
  { report, now }: Context,
  { withTime }: { withTime: boolean },
): Journal {
  const hints = new ToldHints();
  return {
    tell: (event) => {
      const time = now();
      const stamp = withTime ? `${localTimeWithOffset(time)} ` : "";
      report.say(`${stamp}${watchWords(event, time)}${hints.below(event)}`);
    },
    idle: () => undefined,
    clear: () => undefined,
  };
}
