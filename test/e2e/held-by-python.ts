import { spawn } from "node:child_process";
import { once } from "node:events";
import { python } from "../support/commands.ts";

/** A lock of another program. */
export interface HeldByPython {
  /** When the lock was given up, in milliseconds of the epoch. */
  readonly given: Promise<number>;
}

const script = `
import fcntl, sys, time
file = open(sys.argv[1], "w")
fcntl.lockf(file, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(float(sys.argv[2]))
print(int(time.time() * 1000), flush=True)
`;

/** Has Python lock a file, as the protocol of the credentials file says, for so many seconds from now on. */
export async function holdByPython(path: string, seconds: number): Promise<HeldByPython> {
  const child = spawn(python, ["-c", script, path, String(seconds)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  child.stdout.setEncoding("utf8");
  const [held] = (await once(child.stdout, "data")) as [string];
  if (held !== "held\n") throw new Error(`Python said ${held}`);
  return { given: once(child.stdout, "data").then(([time]) => Number(time)) };
}
