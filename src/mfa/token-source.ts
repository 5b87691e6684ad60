import { parseCode } from "../core/code.ts";
import type { Report } from "../core/context.ts";
import type { CodeSource } from "./code-source.ts";

/** A code given in advance (by `--token`, or in `AWS_MFA_TOKEN`): used once. */
export function tokenSource(token: string, giver: string, report: Report): CodeSource {
  return {
    name: `the code of ${giver}`,
    tries: 1,
    attended: false,
    next() {
      const code = parseCode(token);
      if (code === undefined) report.say(`${giver} is not a code of six digits.`);
      return Promise.resolve(code);
    },
  };
}
