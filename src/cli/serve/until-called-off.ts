/** Waits for a signal that is to end this process; a second one ends it at once. */
export function untilCalledOff(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, resolve);
  });
}
