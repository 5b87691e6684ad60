import { WriteStream } from "node:tty";

/** How wide the terminal behind a descriptor is by now; undefined where there is none, or where it does not say. */
export function terminalColumns(fd: 1 | 2): number | undefined {
  try {
    // A stream of our own: `process.stdout` and `process.stderr` are left alone.
    const stream = new WriteStream(fd);
    const { columns } = stream;
    stream.destroy();
    return columns || undefined;
  } catch {
    return undefined;
  }
}
