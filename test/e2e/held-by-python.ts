import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
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
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const held = await lines.next();
  if (held.value !== "held") throw new Error(`Python said ${held.value}`);
  return { given: lines.next().then(({ value }) => Number(value)) };
}
