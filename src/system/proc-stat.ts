import { readFileSync } from "node:fs";

/**
 * What proc(5) tells of a process from its state on (0 state, 1 parent, 2 group, 5 foreground group of
 * its terminal, 19 start time), counted from behind its name, which may hold anything. Throws where there is none.
 */
export function statFields(pid: string): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}
