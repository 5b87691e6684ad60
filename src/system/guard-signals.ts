import { listen } from "./shared-listener.ts";

/** What stands between signals and us while a child runs. */
interface SignalGuard {
  interrupted(): boolean;
  /** When all is ended that was to be, if anything; where that ends us, nothing comes after it. */
  over(): Promise<unknown>;
  release(): void;
}

/** After a ^C that reached us alone, in milliseconds. */
const patienceMs = 1000;

/** Signals that would end us end the child first, and so does our own end: of that, what is done at once. */
export function guardSignals(endChild: (signal: NodeJS.Signals) => Promise<void>): SignalGuard {
  let interrupts = 0;
  let timer: NodeJS.Timeout | undefined;
  const ends: Promise<void>[] = [];
  const end = (signal: NodeJS.Signals): Promise<void> => {
    const ending = endChild(signal);
    ends.push(ending);
    return ending;
  };
  const onInterrupt = (): void => {
    interrupts += 1;
    // The terminal has told the program as well: it may have something to clean up.
    if (interrupts === 1) timer = setTimeout(end, patienceMs, "SIGTERM");
    else void end("SIGKILL");
  };
  let isEnding = false;
  const onEnd = (signal: NodeJS.Signals): void => {
    if (isEnding) return;
    isEnding = true;
    const ending = endChild(signal).then(() => {
      release();
      // Whoever else listens has heard it, and decides.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
    ends.push(ending);
  };
  const release = (): void => {
    clearTimeout(timer);
    for (const stop of listening) stop();
  };
  const listening = [
    listen("exit", () => void endChild("SIGTERM")),
    listen("SIGINT", onInterrupt),
    listen("SIGTERM", () => onEnd("SIGTERM")),
    listen("SIGHUP", () => onEnd("SIGHUP")),
  ];
  return { interrupted: () => interrupts > 0, over: () => Promise.all(ends), release };
}
