import { close, url } from "node:inspector";

/**
 * Closes the debugger that a SIGUSR1 has opened before anybody listened to it: whoever is on this computer could
 * read the keys in our memory. One that was asked for on the command line stays.
 */
export function closeDebugger(): void {
  const isWanted = [...process.execArgv, process.env["NODE_OPTIONS"] ?? ""]
    .join(" ")
    .includes("--inspect");
  if (!isWanted && url() !== undefined) close();
}
