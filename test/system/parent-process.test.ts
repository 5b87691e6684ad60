import { spawn } from "node:child_process";
import { once } from "node:events";
import { readlinkSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { imageName, parentProcess } from "../../src/system/parent-process.ts";
import { statFields } from "../../src/system/proc-stat.ts";

const env = { SystemRoot: "/no/where" };

test.each<[platform: NodeJS.Platform]>([["linux"], ["darwin"], ["freebsd"]])(
  "on %s a process has a name",
  (platform) => {
    const name = parentProcess(env, platform, process.pid);
    expect(basename(name?.trim() ?? "")).toMatch(/^node/);
  },
);

test("on Linux it is the path of the executable", () => {
  expect(parentProcess(env, "linux", process.pid)).toBe(readlinkSync("/proc/self/exe"));
});

test.skipIf(process.platform !== "linux")(
  "on Linux it is the name where there is no link",
  async () => {
    // What has ended keeps its name alone, until its parent asks for its status: this one never does.
    const parent = spawn("dash", ["-c", "sleep 0.1 & echo $!; exec sleep 20"]);
    try {
      const [printed] = (await once(parent.stdout, "data")) as [Buffer];
      const pid = Number(printed.toString());
      await expect.poll(() => statFields(String(pid))[0], { timeout: 15_000 }).toBe("Z");
      expect(parentProcess(env, "linux", pid)).toBe("sleep\n");
    } finally {
      parent.kill();
    }
  },
);

test.each<[platform: NodeJS.Platform]>([["linux"], ["darwin"], ["win32"]])(
  "on %s a process that is none has no name",
  (platform) => {
    expect(parentProcess(env, platform, 2 ** 30)).toBeUndefined();
  },
);

test.each<[printed: string, name: string | undefined]>([
  ['"powershell.exe","4711","Console","1","52,100 K"\r\n', "powershell.exe"],
  ['\r\n"cmd.exe","12","Services","0","4.100 K"\r\n', "cmd.exe"],
  ["INFO: No tasks are running which match the specified criteria.\r\n", undefined],
  ["", undefined],
])("tasklist prints %j: %s (not run: by its documented form)", (printed, name) => {
  expect(imageName(printed)).toBe(name);
});
