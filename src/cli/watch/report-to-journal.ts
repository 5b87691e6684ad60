import type { Report } from "../../core/context.ts";
import type { Journal } from "../../core/watch/watch-event.ts";

/** So that texts that differ each time fill no memory: after so many they may be said again. */
const mostRemembered = 100;

/** What the parts of a watcher have to say goes into its journal. */
export function reportTo(journal: Journal, { debug }: Report): Report {
  const said = new Set<string>();
  const say = (text: string): void => journal.tell({ kind: "notice", text });
  return {
    say,
    sayOnce: (text) => {
      if (said.has(text)) return;
      if (said.size >= mostRemembered) said.clear();
      said.add(text);
      say(text);
    },
    debug,
  };
}
