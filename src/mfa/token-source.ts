import { parseCode } from "../core/code.ts";
import type { Report } from "../core/context.ts";
import type { CodeSource } from "./code-source.ts";

/** A code given in advance (`AWS_MFA_TOKEN`): used once. */
export function tokenSource(token: string, report: Report): CodeSource {
  return {
    name: "the code of AWS_MFA_TOKEN",
    tries: 1,
    attended: false,
    next() {
      const code = parseCode(token);
      if (code === undefined) report.say("AWS_MFA_TOKEN is not a code of six digits.");
      return Promise.resolve(code);
    },
  };
}
