import type { Context } from "../core/context.ts";
import { printable } from "../core/printable.ts";
import { captureOutput } from "../system/capture-output.ts";

/** Asks through an askpass program: its one argument is the prompt, its answer comes on stdout. */
export async function askByProgram(
  program: string,
  prompt: string,
  { env, report, patienceSeconds: mostSeconds, givesWay: abort }: Context,
): Promise<string | undefined> {
  const end = await captureOutput(program, [prompt], {
    env,
    stdin: "ignore",
    stderr: "inherit",
    mostSeconds,
    abort,
  });
  if (end.kind === "output") return end.output;
  report.say(`no code came from ${printable(program)} (${end.reason}).`);
  return undefined;
}
