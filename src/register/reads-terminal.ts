import { isatty } from "node:tty";
import { terminalReaders } from "../system/terminal-readers.ts";

/** Whether this program waits for somebody to type something; true where Node does not tell. */
export function readsTerminal(): boolean {
  return isatty(0) && terminalReaders()?.length !== 0;
}
