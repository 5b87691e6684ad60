import { parseCode } from "../core/code.ts";
import type { Report } from "../core/context.ts";
import type { CodeSource } from "./code-source.ts";

/** A program that runs for long finds the same variable each time. */
const spent = new Set<string>();

/** Whether this process has used a code that was given in advance. */
export function isSpent(token: string): boolean {
  return spent.has(token);
}

/** A code given in advance (by `--token`, or in `AWS_MFA_TOKEN`): used once. */
export function tokenSource(token: string, giver: string, report: Report): CodeSource {
  return {
    name: `the code of ${giver}`,
    tries: 1,
    attended: false,
    next() {
      spent.add(token);
      const code = parseCode(token);
      if (code === undefined) report.say(`${giver} is not a code of six digits.`);
      return Promise.resolve(code);
    },
  };
}
