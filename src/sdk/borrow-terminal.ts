import type { ReadStream } from "node:tty";
import { terminalReaders } from "../system/terminal-readers.ts";

/** When the last one who wanted the terminal so far has given it back. */
let free: Promise<void> = Promise.resolve();

/**
 * Waits for the terminal, which has room for one prompt at a time, and has the program's own reader of it (a REPL,
 * `readline`) wait meanwhile: else each would get a part of what is typed. What it gives is to be called afterwards.
 */
export async function borrowTerminal(): Promise<() => void> {
  const before = free;
  let leave = (): void => undefined;
  free = new Promise((resolve) => (leave = resolve));
  await before;
  const readers = (terminalReaders() ?? []).filter(isStdin).map(pause);
  return () => {
    for (const goOn of readers) goOn();
    leave();
  };
}

/** Others are on terminals of their own. */
function isStdin(stream: ReadStream): boolean {
  return (stream as ReadStream & { readonly fd?: number }).fd === 0;
}

/** It is read again afterwards, unless nothing listens any more; a `pause` of the program's own is not noticed. */
function pause(stream: ReadStream): () => void {
  const { isRaw } = stream;
  const before = listeners(stream);
  stream.pause();
  if (isRaw) stream.setRawMode(false);
  return () => {
    if (stream.destroyed || listeners(stream) < before) return;
    if (isRaw) stream.setRawMode(true);
    stream.resume();
  };
}

function listeners(stream: ReadStream): number {
  const events = ["data", "readable", "keypress"];
  return events.reduce((sum, event) => sum + stream.listenerCount(event), 0);
}
