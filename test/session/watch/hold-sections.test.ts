import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bundle, type Program } from "../../fixtures/bundle.ts";

let program: Program;
beforeAll(async () => {
  program = await bundle("hold-worker");
});
afterAll(() => program.remove());

let home: string;
const children = new Set<ChildProcess>();
beforeEach(() => {
  home = mkdtempSync(join(realpathSync(tmpdir()), "awsmfa-hold-"));
  mkdirSync(join(home, ".aws"));
  writeFileSync(join(home, ".aws/credentials"), "[dev]\n");
});
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  children.clear();
  rmSync(home, { recursive: true, force: true });
});

interface Holding {
  readonly child: ChildProcess;
  /** What it said last. */
  readonly said: string;
}

async function hold(
  targets: readonly string[],
  more: Record<string, string> = {},
): Promise<Holding> {
  const env = { ...program.env, HOME: home, ...more };
  const child = spawn(process.execPath, [program.file, ...targets], { env });
  children.add(child);
  child.stderr.pipe(process.stderr);
  const [said] = (await once(child.stdout, "data")) as [Buffer];
  return { child, said: String(said).trim() };
}

describe("a second one", () => {
  it("is told who holds the section, and what to do", async () => {
    const { child, said } = await hold(["dev-mfa"]);
    expect(said).toBe("held");
    expect((await hold(["dev-mfa"])).said).toBe(
      `AlreadyWatched 253: another awsmfa (process ${child.pid}) keeps profile dev-mfa fresh already. ` +
        "End that one first, or let this one write elsewhere: --target …",
    );
  });

  it.each<[first: readonly string[], second: readonly string[], said: string]>([
    [["a"], ["b"], "held"],
    [["a"], ["A"], "held"],
    [["a", "b"], ["c", "d"], "held"],
    [["a", "b"], ["b"], "profile b "],
    [["a", "b"], ["c", "a"], "profile a "],
    [["a"], ["b", "c", "a"], "profile a "],
    [["a b"], ["a b"], "profile a b "],
  ])("holds %j, where %j are wanted: %s", async (first, second, said) => {
    await hold(first);
    expect((await hold(second)).said).toContain(said);
  });

  it("that is refused one of its sections lets go of the others", async () => {
    await hold(["c"]);
    expect((await hold(["a", "b", "c"])).said).toContain("profile c ");
    expect((await hold(["a", "b"])).said).toBe("held");
  });

  const file = (): string => join(home, ".aws/credentials");

  it.each<[what: string, prepare: () => Record<string, string>, said: "busy" | "held"]>([
    ["by its path", () => ({ AWS_SHARED_CREDENTIALS_FILE: file() }), "busy"],
    [
      "by a path with dots",
      () => ({ AWS_SHARED_CREDENTIALS_FILE: `${home}/.aws/../.aws/./credentials` }),
      "busy",
    ],
    [
      "by a link to it",
      () => {
        symlinkSync(file(), join(home, "link"));
        return { AWS_SHARED_CREDENTIALS_FILE: join(home, "link") };
      },
      "busy",
    ],
    [
      "by a link to its folder",
      () => {
        symlinkSync(join(home, ".aws"), join(home, "folder"));
        return { AWS_SHARED_CREDENTIALS_FILE: join(home, "folder/credentials") };
      },
      "busy",
    ],
    [
      "as another file",
      () => {
        writeFileSync(join(home, "other"), "[dev]\n");
        return { AWS_SHARED_CREDENTIALS_FILE: join(home, "other") };
      },
      "held",
    ],
  ])("that names the file %s", async (_what, prepare, said) => {
    await hold(["dev-mfa"]);
    const { said: told } = await hold(["dev-mfa"], prepare());
    expect(told === "held" ? "held" : "busy").toBe(said);
  });

  it("is told where the file is not there yet, and by a link to its folder, too", async () => {
    rmSync(file());
    symlinkSync(join(home, ".aws"), join(home, "folder"));
    await hold(["dev-mfa"]);
    const linked = { AWS_SHARED_CREDENTIALS_FILE: join(home, "folder/credentials") };
    expect((await hold(["dev-mfa"], linked)).said).toContain("AlreadyWatched");
    // Nor does it make a difference that it has come to be meanwhile.
    writeFileSync(file(), "[dev]\n");
    expect((await hold(["dev-mfa"], linked)).said).toContain("AlreadyWatched");
  });
});

describe("a section is free again", () => {
  it.each<NodeJS.Signals>(["SIGKILL", "SIGTERM"])(
    "when its holder is ended by %s",
    async (signal) => {
      const { child } = await hold(["dev-mfa", "work"]);
      child.kill(signal);
      await once(child, "exit");
      expect((await hold(["dev-mfa", "work"])).said).toBe("held");
    },
  );

  it("when its holder lets go", async () => {
    const { child } = await hold(["dev-mfa", "work"]);
    const letGo = once(child.stdout!, "data");
    child.stdin!.end();
    await letGo;
    expect((await hold(["dev-mfa", "work"])).said).toBe("held");
  });
});
