import { parseCode } from "../core/code.ts";
import type { Context } from "../core/context.ts";
import { captureOutput } from "../system/capture-output.ts";
import { openTerminal } from "../system/terminal.ts";
import type { CodeSource } from "./code-source.ts";

/** A command that prints the code (`mfa_process`, `AWS_MFA_PROCESS`), run by the shell. */
export function processSource(
  command: string,
  setting: string,
  { env, report, patienceSeconds: mostSeconds, borrowTerminal }: Context,
): CodeSource {
  return {
    name: `the code of ${setting}`,
    tries: 1,
    attended: false,
    async next() {
      const terminal = openTerminal();
      const giveBack = terminal && (await borrowTerminal?.());
      const end = await captureOutput(command, [], {
        env,
        shell: true,
        stdin: terminal?.input ?? "ignore",
        stderr: terminal?.output ?? "inherit",
        mostSeconds,
      }).finally(() => {
        terminal?.close();
        giveBack?.();
      });
      if (end.kind === "failed") {
        report.say(`${setting} failed (${end.reason}).`);
        return undefined;
      }
      const code = parseCode(end.output);
      if (code === undefined) report.say(`${setting} printed no code of six digits.`);
      return code;
    },
  };
}
