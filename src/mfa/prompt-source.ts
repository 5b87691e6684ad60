import { parseCode } from "../core/code.ts";
import type { Report } from "../core/context.ts";
import type { CodeSource } from "./code-source.ts";

/** So that a program that prints rubbish is not asked for ever. */
const mostMalformed = 10;

/** Somebody who is asked, up to three codes; what is not six digits is asked again at once. */
export function promptSource(
  ask: () => Promise<string | undefined>,
  { attended, advice }: Pick<CodeSource, "attended" | "advice">,
  report: Report,
): CodeSource {
  return {
    name: "that code",
    tries: 3,
    attended,
    advice,
    async next() {
      for (let attempt = 0; attempt < mostMalformed; attempt++) {
        const answer = await ask();
        if (answer === undefined) return undefined;
        const code = parseCode(answer);
        if (code !== undefined) return code;
        report.say("a code is six digits.");
      }
      return undefined;
    },
  };
}
