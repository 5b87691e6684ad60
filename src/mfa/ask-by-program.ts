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
  if (end.kind === "output" && end.output.trim() !== "") return end.output;
  if (abort?.aborted) return undefined;
  // What was cancelled may end well all the same, as at the end of a pipe.
  const why = end.kind === "failed" ? end.reason : "it printed nothing";
  report.say(`no code came from ${printable(program)} (${why}).`);
  return undefined;
}
