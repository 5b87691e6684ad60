import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { parseIni } from "../../../src/core/aws-files/ini.ts";
import { python } from "../../support/commands.ts";
import { run } from "../../support/run.ts";
import { editRoom, roomForEach, type EditRoom } from "./edit-room.ts";

let room: EditRoom;
roomForEach((made) => {
  room = made;
});

/** Adds one to the number in its section, in place, under the lock; so many times. */
const pythonWriter = `
import fcntl, random, re, sys, time
path, lock, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
for number in range(1, times + 1):
    with open(lock, "a+") as held:
        fcntl.lockf(held, fcntl.LOCK_EX)
        text = open(path).read()
        line = "count = %d" % number
        if number == 1:
            text += "\\n[python]\\n" + line + "\\n"
        else:
            text, found = re.subn("(?<=\\[python\\]\\n)count = %d" % (number - 1), line, text)
            assert found == 1
        with open(path, "w") as file:
            time.sleep(random.random() / 100)
            file.write(text)
    time.sleep(random.random() / 20)
`;

/** Worker processes that each count in a section of their own, and all must end well. */
async function countAtOnce(
  workers: number,
  times: number,
  envOf: (index: number) => Readonly<Record<string, string>> = () => ({}),
): Promise<void> {
  const all = Array.from({ length: workers }, (_, index) =>
    run(process.execPath, [room.worker.file, "count", `s${index}`, String(times)], {
      env: { ...room.env, AWS_MFA_LOCK_TIMEOUT: "60", ...envOf(index) },
    }),
  );
  for (const { code, stderr } of await Promise.all(all)) {
    expect([code, stderr.replace(/^awsmfa: waiting for .*\n/gm, "")]).toEqual([0, ""]);
  }
}

/** Every section must hold its last number, and a key of each edit before. */
function expectAllCounted(workers: number, times: number): void {
  const { sections } = parseIni(readFileSync(room.path, "utf8"));
  for (let index = 0; index < workers; index++) {
    const entries = sections.get(`s${index}`)?.entries;
    expect(entries?.get("count")?.value).toBe(String(times));
    expect(entries?.size).toBe(times + 1);
  }
}

describe("no update is lost", () => {
  const first = "# first\n[keys]\naws_secret_access_key = only here\n";

  test("of 20 processes and a Python program that takes the same lock", async () => {
    room.write(".aws/credentials", first);
    const lock = join(dirname(room.path), ".credentials.lock");
    const theirs = run(python, ["-c", pythonWriter, room.path, lock, "60"], { env: room.env });
    await countAtOnce(20, 20);
    expect(await theirs).toMatchObject({ code: 0, stderr: "" });
    expectAllCounted(20, 20);
    const text = readFileSync(room.path, "utf8");
    expect(text.startsWith(first)).toBe(true);
    expect(text).toContain("[python]\ncount = 60\n");
    expect(room.names()).toEqual(["credentials"]);
  });

  test("of 20 processes that make the file", async () => {
    await countAtOnce(20, 1);
    expectAllCounted(20, 1);
  });

  test("of 12 processes that know the file by three names, each with its lock", async () => {
    room.write(".aws/credentials", first);
    for (const name of ["one", "two"]) {
      mkdirSync(join(room.home, name));
      symlinkSync(room.path, join(room.home, name, "link"));
    }
    const names = [room.path, join(room.home, "one/link"), join(room.home, "two/link")];
    await countAtOnce(12, 40, (index) => ({ AWS_SHARED_CREDENTIALS_FILE: names[index % 3]! }));
    expectAllCounted(12, 40);
    expect(room.names()).toEqual(["credentials"]);
  });

  test("of 20 processes where the kernel's locks are not to be had", async () => {
    room.write(".aws/credentials", first);
    await countAtOnce(20, 8, () => ({ NODE_PATH: "/nowhere" }));
    expectAllCounted(20, 8);
    expect(room.names()).toEqual(["credentials"]);
  });
});

describe("killed while it writes", () => {
  const kills = 100;
  const lengths = [10, 200_000];
  const head = "# first\n[a]\naws_secret_access_key = only here\n\n[s]\n";
  const tail = "\n[z] # last\nx : 1";
  const versions = lengths.map(
    (length, turn) => `${head}value = ${"ab".charAt(turn).repeat(length)}\n${tail}`,
  );

  test(`${kills} times, the file is one of two versions, byte for byte`, async () => {
    const rooms = [1, 2, 3, 4].map(() => editRoom(room.worker));
    const seen = [0, 0];
    for (const { write } of rooms) write(".aws/credentials", `${head}value = old\n${tail}`);
    const round = async ({ worker, path, env, names }: EditRoom): Promise<void> => {
      const args = [worker.file, "forever", "s", lengths.join(",")];
      const child = spawn(process.execPath, args, { env });
      await once(child.stdout, "data");
      await sleep(Math.random() * 8);
      child.kill("SIGKILL");
      await once(child, "exit");
      const version = versions.indexOf(readFileSync(path, "utf8"));
      expect(version).not.toBe(-1);
      seen[version]!++;
      // One at most: the next process removes what the one before left.
      expect(names().length).toBeLessThanOrEqual(2);
    };
    for (let done = 0; done < kills || seen.includes(0); done += rooms.length) {
      await Promise.all(rooms.map(round));
    }

    for (const { edit, names, path, remove } of rooms) {
      expect(await edit({ sections: { s: { value: "last" } } })).toMatchObject({ done: true });
      expect(readFileSync(path, "utf8")).toBe(`${head}value = last\n${tail}`);
      expect(names()).toEqual(["credentials"]);
      remove();
    }
  });
});
