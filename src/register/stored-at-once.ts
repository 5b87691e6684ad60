import type { ProgramSupply } from "../core/register/program-supply.ts";
import { storedForProgram } from "../session/supply-program.ts";
import { ownContext } from "../system/own-context.ts";
import type { ProgramStart } from "./ask-registrar.ts";

/** What is there already; undefined where that takes somebody, or AWS, or what is wrong is to be said. */
export function storedAtOnce(
  { env, folder }: ProgramStart,
  profile: string | undefined,
): ProgramSupply | undefined {
  try {
    // Paths in the environment are meant from there.
    if (process.cwd() !== folder) return undefined;
    return storedForProgram(ownContext(env), profile);
  } catch {
    return undefined;
  }
}
