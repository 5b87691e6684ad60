import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { waitForLock } from "../../src/system/lock.ts";
import { kernelLock } from "../../src/system/kernel-lock.ts";
import type { LockMethod } from "../../src/system/lock-attempt.ts";
import { describeSelf } from "../../src/system/lock-holder.ts";
import { pidFileLock } from "../../src/system/pid-file-lock.ts";
import { processStart } from "../../src/system/process-start.ts";
import { bundle, type Program } from "../fixtures/bundle.ts";
import { python } from "../support/commands.ts";
import { run } from "../support/run.ts";

let worker: Program;
beforeAll(async () => {
  worker = await bundle("lock-worker");
});
afterAll(() => worker.remove());

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "awsmfa-lock-"));
  path = join(folder, "lock");
});
const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  children.clear();
  rmSync(folder, { recursive: true, force: true });
});

const silent = { say: () => undefined, sayOnce: () => undefined, debug: () => undefined };

const methods: readonly [string, () => Promise<LockMethod>][] = [
  ["kernel", kernelLock],
  ["pid-file", () => Promise.resolve(pidFileLock)],
];

/** Starts a process that holds the lock until it is killed. */
async function holdElsewhere(method: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [worker.file, method, path, "hold"], { env: worker.env });
  children.add(child);
  await once(child.stdout, "data");
  return child;
}

async function tryElsewhere(method: string): Promise<string> {
  const ended = await run(process.execPath, [worker.file, method, path, "try"], worker);
  return ended.stdout.trim() || ended.stderr;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

describe.each(methods)("%s lock:", (method, load) => {
  let attempt: LockMethod;
  beforeAll(async () => {
    attempt = await load();
  });

  function hold(): { release(): void } {
    const state = attempt(path);
    if (state.kind !== "held") throw new Error("The lock is not to be had.");
    return state.lock;
  }

  test("one at a time, and the next after it", async () => {
    const lock = hold();
    expect(await tryElsewhere(method)).toBe("busy");
    expect(attempt(path).kind).toBe("busy");
    lock.release();
    expect(await tryElsewhere(method)).toBe("held");
    hold().release();
  });

  test("who holds it is known", async () => {
    const holder = await holdElsewhere(method);
    expect(attempt(path)).toEqual({
      kind: "busy",
      holder: {
        pid: holder.pid,
        started: processStart(holder.pid!),
        terminal: undefined,
        givesWay: false,
      },
    });
  });

  test("20 processes add one to a number 25 times each: none is lost", async () => {
    expect(await countTo(20, 25, "live")).toBe(500);
  });

  // Each leaves its lock behind, and all that are left want to take it over at the same time.
  test("30 processes that are killed with the lock in hand: none is lost, none is stuck", async () => {
    expect(await countTo(30, 5, "die")).toBe(150);
    hold().release();
  });

  async function countTo(processes: number, times: number, end: "live" | "die"): Promise<number> {
    const counter = join(folder, "counter");
    writeFileSync(counter, "0");
    const args = [worker.file, method, path, "count", counter, String(times), end];
    const all = Array.from({ length: processes }, () => run(process.execPath, args, worker));
    for (const { code, signal, stderr } of await Promise.all(all)) {
      expect(stderr).toBe("");
      expect({ code, signal }).toEqual(
        end === "die" ? { code: null, signal: "SIGKILL" } : { code: 0, signal: null },
      );
    }
    return Number(readFileSync(counter, "utf8"));
  }

  test("it dies with its holder", async () => {
    for (let round = 0; round < 5; round++) {
      const holder = await holdElsewhere(method);
      expect(attempt(path).kind).toBe("busy");
      await kill(holder);
      hold().release();
    }
  });

  test("a killed holder that nobody has buried yet holds nothing", async () => {
    // The shell becomes a program that does not wait for its children.
    const command = `'${process.execPath}' '${worker.file}' ${method} '${path}' hold & echo $!; exec sleep 60`;
    const parent = spawn("/bin/sh", ["-c", command], { env: worker.env });
    children.add(parent);
    let output = "";
    for await (const chunk of parent.stdout) {
      output += String(chunk);
      if (output.includes("held")) break;
    }
    expect(attempt(path).kind).toBe("busy");
    process.kill(Number.parseInt(output, 10), "SIGKILL");
    await expect.poll(() => attempt(path).kind, { timeout: 20_000 }).toBe("held");
  });

  test("a child that outlives its holder does not keep it", async () => {
    const lock = hold();
    const child = spawn("sleep", ["60"], { stdio: "ignore" });
    children.add(child);
    lock.release();
    expect(await tryElsewhere(method)).toBe("held");
  });

  test("its file is the owner's alone", () => {
    const lock = hold();
    for (const name of readdirSync(folder)) {
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    }
    lock.release();
  });

  test("where no lock file can be made, that is an error", () => {
    writeFileSync(path, "");
    expect(() => attempt(join(path, "below-a-file"))).toThrow("ENOTDIR");
    expect(() => attempt(join(folder, "no/where"))).toThrow("ENOENT");
  });
});

describe("whoever cannot lock", () => {
  test.each([
    ["in a folder that is a file", () => writeFileSync((path = join(folder, "file")), "")],
    ["in a folder below nowhere", () => symlinkSync("/no/where", (path = join(folder, "link")))],
    ["in a folder that nobody can write to", () => (path = "/proc/awsmfa")],
    [
      "on a folder in place of the file",
      () => {
        path = folder;
        mkdirSync(join(folder, "x"));
        mkdirSync(join(folder, "x.pid"));
      },
    ],
  ])("%s goes on without", async (_title, prepare) => {
    prepare();
    const whileWaiting = (): string => "waits";
    expect(await waitForLock(path, "x", { report: silent, whileWaiting })).toMatchObject({
      kind: "held",
    });
  });
});

describe("a kernel lock", () => {
  test("and fcntl.lockf of Python exclude each other", async () => {
    const attempt = await kernelLock();
    const script = `
import fcntl, sys
file = open(sys.argv[1], "a+")
try:
    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
except OSError:
    print("busy", flush=True)
else:
    print("held", flush=True)
    sys.stdin.read()
`;
    const lockf = (): string =>
      execFileSync(python, ["-c", script, path], { input: "", encoding: "utf8" }).trim();
    const ours = attempt(path);
    expect(ours.kind).toBe("held");
    expect(lockf()).toBe("busy");
    // Reading who holds it must not let go of it.
    expect(attempt(path).kind).toBe("busy");
    expect(lockf()).toBe("busy");
    if (ours.kind === "held") ours.lock.release();
    expect(lockf()).toBe("held");

    const theirs = spawn(python, ["-c", script, path]);
    children.add(theirs);
    await once(theirs.stdout, "data");
    expect(attempt(path).kind).toBe("busy");
    await kill(theirs);
    expect(attempt(path).kind).toBe("held");
  });

  test.each([
    ["nothing", ""],
    ["half a name", "{"],
    ["NULs", "\0\0\0"],
    ["another's name", '{"pid":"x"}'],
    ["100,000 characters", "x".repeat(100_000)],
    ["null", "null"],
  ])("is had where its file holds %s", async (_title, text) => {
    writeFileSync(path, text);
    const attempt = await kernelLock();
    expect(attempt(path).kind).toBe("held");
    expect(readFileSync(path, "utf8")).toBe(describeSelf());
  });

  test("is had on a full disk too, but without its holder's name", async () => {
    closeSync(openSync(path, "w"));
    const script = `trap '' XFSZ; ulimit -f 0; exec "$@"`;
    const args = [process.execPath, worker.file, "kernel", path, "hold"];
    const holder = spawn("/bin/bash", ["--norc", "-c", script, "bash", ...args], {
      env: worker.env,
    });
    children.add(holder);
    await once(holder.stdout, "data");
    const attempt = await kernelLock();
    expect(attempt(path)).toMatchObject({ kind: "busy", holder: { pid: undefined } });
  });
});

describe("a kernel lock on a file for its content's sake", () => {
  test("is one, and leaves the content alone", async () => {
    const attempt = await kernelLock("content");
    writeFileSync(path, "content");
    const state = attempt(path);
    expect([state.kind, attempt(path).kind]).toEqual(["held", "busy"]);
    if (state.kind === "held") state.lock.release();
    expect(attempt(path).kind).toBe("held");
    expect(readFileSync(path, "utf8")).toBe("content");
  });

  test("does not make the file", async () => {
    const attempt = await kernelLock("content");
    expect(() => attempt(path)).toThrow("ENOENT");
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("a lock file with a process id", () => {
  const dead = execFileSync("/bin/sh", ["-c", "echo $$"], { encoding: "utf8" }).trim();
  const old = new Date(Date.now() - 5000);

  test.each<[title: string, text: string, age: Date | undefined, expected: "held" | "busy"]>([
    ["of a dead process is taken over", `{"pid":${dead}}`, undefined, "held"],
    ["of a process that never was is taken over", '{"pid":4194304999}', undefined, "held"],
    ["of this process is not", `{"pid":${process.pid}}`, old, "busy"],
    ["of process 1 is not", '{"pid":1}', old, "busy"],
    [
      "of a former process that had the id of one that lives now is taken over",
      `{"pid":${process.ppid},"started":1}`,
      undefined,
      process.platform === "linux" ? "held" : "busy",
    ],
    [
      "of the process that began then is not",
      `{"pid":${process.ppid},"started":${processStart(process.ppid) ?? 0}}`,
      undefined,
      "busy",
    ],
    ["that is being written is not", "", undefined, "busy"],
    ["half-written just now is not", '{"pi', undefined, "busy"],
    ["half-written long ago is taken over", '{"pi', old, "held"],
    ["empty for long is taken over", "", old, "held"],
    ["that was never one is taken over", "\0".repeat(4096), old, "held"],
    ["with process 0 is taken over", '{"pid":0}', old, "held"],
    ["with a process group is taken over", '{"pid":-1}', old, "held"],
  ])("%s", (_title, text, age, expected) => {
    writeFileSync(`${path}.pid`, text);
    if (age !== undefined) utimesSync(`${path}.pid`, age, age);
    const state = pidFileLock(path);
    expect(state.kind).toBe(expected);
    if (state.kind !== "held") return;
    expect(readFileSync(`${path}.pid`, "utf8")).toBe(describeSelf());
    expect(pidFileLock(path).kind).toBe("busy");
    state.lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("whose rescuer was killed at it is taken over", () => {
    const file = `${path}.pid`;
    writeFileSync(file, `{"pid":${dead}}`);
    const { ino, mtimeNs } = statSync(file, { bigint: true });
    writeFileSync(`${file}.${ino}-${mtimeNs}-${dead}.pid`, `{"pid":${dead}}`);
    expect(pidFileLock(path).kind).toBe("held");
    expect(readdirSync(folder)).toEqual(["lock.pid"]);
  });
});

test("waiting ends with the first answer of whoever waits", async () => {
  const holder = await holdElsewhere("kernel");
  const seen: unknown[] = [];
  const end = await waitForLock(folder, "lock", {
    report: silent,
    whileWaiting: ({ pid }) => {
      seen.push(pid);
      return seen.length === 3 ? "enough" : undefined;
    },
  });
  expect(end).toEqual({ kind: "gave-up", result: "enough" });
  expect(seen).toEqual([holder.pid, holder.pid, holder.pid]);
});
