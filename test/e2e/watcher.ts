import { startRunning, type Running } from "./running.ts";

/** An event as `--json` tells it; `docs/watch-json.md` says which fields are there. */
export interface Told {
  readonly [field: string]: unknown;
  readonly time: string;
  readonly event: string;
  readonly message: string;
}

/** A watcher under way. */
export interface Watcher extends Running {
  /** What it has told so far, with `--json`: every line on stdout is an event. */
  events(): Told[];
}

/** Starts `awsmfa watch`, by a shell script that runs it as `"$@"`. */
export function startWatcher(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  by: string,
): Watcher {
  const running = startRunning(["watch", ...args], env, by);
  const events = (): Told[] => {
    const lines = running.stdout.split("\n").slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Told);
  };
  // Not a copy: what it has said grows.
  return Object.assign(running, { events });
}
