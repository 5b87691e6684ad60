import {
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { chmodSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { bundle, type Program } from "../../fixtures/bundle.ts";
import { run } from "../../support/run.ts";

/** What a worker is to do; a null takes the key out. */
export interface Wanted {
  readonly sections: Record<string, Record<string, string | null>>;
  readonly overwriteLongTerm?: boolean;
  readonly backup?: boolean;
}

export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  /** A shell script that runs the worker as `"$@"`. */
  readonly within?: string;
  /** Not as root. */
  readonly asOrdinaryUser?: boolean;
  readonly cwd?: string;
  /** Called whenever the worker has said more. */
  readonly onStderr?: () => void;
}

/** How an edit ended, and what was said meanwhile. */
export interface Outcome {
  readonly done?: true;
  readonly backup?: string;
  readonly code?: string;
  readonly exitCode?: number;
  readonly message?: string;
  readonly hint?: string;
  readonly stderr: string;
}

/** A home with a credentials file, edited by processes of their own. */
export interface EditRoom {
  readonly home: string;
  /** The credentials file. */
  readonly path: string;
  readonly worker: Program;
  readonly env: Readonly<Record<string, string>>;
  /** Writes a file below the home, which the ordinary user owns as well as its folders. */
  write(name: string, content: string, mode?: number): string;
  /** One edit. */
  edit(wanted: Wanted, surroundings?: Surroundings): Promise<Outcome>;
  /** All names below a folder of the home, but no lock files. */
  names(folder?: string): string[];
  remove(): void;
}

/** Somebody who is not root. */
export const ordinaryUser = 65_534;
export const isRoot = process.getuid?.() === 0;

/** Gives each test of a file a room of its own; they share a worker. */
export function roomForEach(use: (room: EditRoom) => void): void {
  let worker: Program;
  beforeAll(async () => {
    worker = await editWorker();
  });
  afterAll(() => worker.remove());

  let room: EditRoom;
  beforeEach(() => {
    room = editRoom(worker);
    use(room);
  });
  afterEach(() => room.remove());
}

async function editWorker(): Promise<Program> {
  const worker = await bundle("edit-worker");
  chmodSync(dirname(worker.file), 0o755);
  return worker;
}

export function editRoom(worker: Program): EditRoom {
  const home = mkdtempSync(join(tmpdir(), "awsmfa-test-"));
  const env = { ...worker.env, HOME: home, AWS_MFA_LOCK_TIMEOUT: "20" };
  give(home);
  return {
    home,
    path: join(home, ".aws/credentials"),
    worker,
    env,
    write(name, content, mode = 0o600) {
      const path = join(home, name);
      makeFolder(dirname(path), home);
      writeFileSync(path, content);
      chmodSync(path, mode);
      give(path);
      return path;
    },
    async edit(wanted, { within = 'exec "$@"', asOrdinaryUser = false, ...options } = {}) {
      const script = ["/bin/bash", "--norc", "-c", within, "bash"];
      const program = [process.execPath, worker.file, "set", JSON.stringify(wanted)];
      const as = asOrdinaryUser && isRoot ? stepDown : [];
      const [file = "", ...args] = [...as, ...script, ...program];
      const ended = await run(file, args, {
        cwd: home,
        ...options,
        env: { ...env, ...options.env },
      });
      if (ended.stdout === "") throw new Error(ended.stderr);
      return { ...(JSON.parse(ended.stdout) as Outcome), stderr: ended.stderr };
    },
    names: (folder = ".aws") =>
      readdirSync(join(home, folder))
        .filter((name) => !name.startsWith(".credentials.lock"))
        .toSorted(),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

const id = String(ordinaryUser);
const stepDown = ["setpriv", `--reuid=${id}`, `--regid=${id}`, "--clear-groups"];

function makeFolder(path: string, home: string): void {
  if (path === home || lstatSync(path, { throwIfNoEntry: false })) return;
  makeFolder(dirname(path), home);
  mkdirSync(path, { mode: 0o700 });
  give(path);
}

function give(path: string): void {
  if (isRoot) chownSync(path, ordinaryUser, ordinaryUser);
}
