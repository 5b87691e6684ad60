import { endBySignal } from "./end-process.ts";

/** How a terminal is taken, and given back. */
interface Taken {
  readonly take: () => void;
  readonly giveBack: () => void;
  /** Gives it back for good. */
  readonly close: () => void;
}

/** By then a process that can be stopped has been, in milliseconds. */
const stoppedMs = 50;

/**
 * Gives the terminal back whenever a signal ends or stops this process (Node itself does at an exit), and
 * takes it again where the process goes on. Gives the way to end that.
 */
export function keepTerminalSane({ take, giveBack, close }: Taken): () => void {
  let isStopped = false;
  const end = (signal: NodeJS.Signals): void => {
    close();
    endBySignal(signal);
  };
  const stop = (): void => {
    isStopped = true;
    giveBack();
    // Without a listener it does what it does to any program.
    process.off("SIGTSTP", stop);
    process.kill(process.pid, "SIGTSTP");
    // Where no shell could wake us, nothing stops us either. A SIGCONT is looked at first.
    setTimeout(() => setImmediate(() => isStopped && goOn()), stoppedMs);
  };
  const goOn = (): void => {
    if (isStopped) process.on("SIGTSTP", stop);
    isStopped = false;
    // A shell may have changed it behind our back.
    giveBack();
    take();
  };
  const listeners: readonly (readonly [NodeJS.Signals, (signal: NodeJS.Signals) => void])[] = [
    ["SIGINT", end],
    ["SIGTERM", end],
    ["SIGHUP", end],
    ["SIGTSTP", stop],
    ["SIGCONT", goOn],
  ];
  for (const [event, listener] of listeners) process.on(event, listener);
  return () => {
    isStopped = false;
    for (const [event, listener] of listeners) process.off(event, listener);
  };
}
