import type { Command } from "commander";
import type { Context } from "../core/context.ts";

/** `awsmfa status`. */
export function addStatus(program: Command, _context: Context): void {
  program.command("status").description("show the stored sessions and the time they have left");
}
