import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import {
  installService,
  type ServiceInput,
} from "../../../src/cli/watch/install/install-service.ts";
import { isAwsmfaError } from "../../../src/core/errors.ts";

let printed = "";
vi.mock("../../../src/system/write-all.ts", () => ({
  writeAll: (fd: number, text: string) => {
    expect(fd).toBe(1);
    printed += text;
  },
}));

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "awsmfa-test-"));
  printed = "";
  write("bin/ssh-askpass", "#!/bin/sh\n", 0o755);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const program = ["/usr/bin/node", "/opt/awsmfa.cjs"];
const unit = ".config/systemd/user/awsmfa-watch-dev.service";
const agent = "Library/LaunchAgents/awsmfa.watch.dev.plist";

function write(path: string, text: string, mode = 0o644): string {
  const file = join(home, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
}

/** What it says, with `~` for the home. */
function run(input: Partial<ServiceInput> = {}, env: Record<string, string> = {}): string {
  const sections = input.sections ?? ["dev"];
  const args = ["watch", ...sections.flatMap((section) => ["--profile", section])];
  const said: string[] = [];
  const report = {
    say: (text: string) => void said.push(text),
    sayOnce: (text: string) => void said.push(text),
    debug: () => undefined,
  };
  installService(
    { env: { HOME: home, PATH: `${home}/bin:/usr/bin`, ...env }, now: () => new Date(0), report },
    {
      manager: "systemd",
      write: false,
      sections,
      withoutProcess: sections,
      args,
      program,
      ...input,
    },
  );
  return said.join("\n").replaceAll(home, "~");
}

/** The error that it ends with. */
function failure(input: Partial<ServiceInput> = {}, env: Record<string, string> = {}): string {
  try {
    run(input, env);
  } catch (error) {
    if (!isAwsmfaError(error)) throw error;
    return `${error.exitCode} ${error.message}\n${error.hint}`.replaceAll(home, "~");
  }
  return expect.fail("it did not fail");
}

const modeOf = (path: string): string => (statSync(join(home, path)).mode & 0o777).toString(8);
const textOf = (path: string): string => readFileSync(join(home, path), "utf8");

describe("without --write", () => {
  it("a unit is printed, and where it belongs is said", () => {
    expect(run()).toMatchInlineSnapshot(`
      "that belongs in ~/.config/systemd/user/awsmfa-watch-dev.service, and --write puts it there. To start it, now and with the desktop:
        systemctl --user daemon-reload
        systemctl --user enable --now awsmfa-watch-dev.service"
    `);
    expect(printed).toContain("\nExecStart=/usr/bin/node /opt/awsmfa.cjs watch --profile dev\n");
    expect(existsSync(join(home, ".config"))).toBe(false);
  });

  it("an agent is printed, and where it belongs is said", () => {
    expect(run({ manager: "launchd" })).toMatchInlineSnapshot(`
      "that belongs in ~/Library/LaunchAgents/awsmfa.watch.dev.plist, and --write puts it there. To start it, now and with the desktop:
        launchctl bootstrap gui/$(id -u) ~/Library/LaunchAgents/awsmfa.watch.dev.plist"
    `);
    expect(printed).toContain(
      "<string>~/Library/Logs/awsmfa.watch.dev.log</string>".replace("~", home),
    );
    expect(existsSync(join(home, "Library"))).toBe(false);
  });
});

describe("with --write", () => {
  it.each([
    ["systemd", unit],
    ["launchd", agent],
  ] as const)("%s: what would be printed is written, for the user alone", (manager, path) => {
    run({ manager });
    const expected = printed;
    printed = "";
    run({ manager, write: true });
    expect(printed).toBe("");
    expect(textOf(path)).toBe(expected);
    expect(modeOf(path)).toBe("600");
    expect(modeOf(dirname(path))).toBe("700");
    expect(readdirSync(join(home, dirname(path)))).toHaveLength(1);
  });

  it.each(["systemd", "launchd"] as const)("%s: what starts it is said", (manager) => {
    expect(run({ manager, write: true })).toMatchSnapshot("new");
    expect(run({ manager, write: true, args: ["watch", "--json"] })).toMatchSnapshot("replaced");
    expect(textOf(manager === "systemd" ? unit : agent)).toContain("--json");
  });

  it("the folder of XDG_CONFIG_HOME is used where it is absolute", () => {
    run({ write: true }, { XDG_CONFIG_HOME: `${home}/xdg` });
    expect(existsSync(join(home, "xdg/systemd/user/awsmfa-watch-dev.service"))).toBe(true);
    run({ write: true }, { XDG_CONFIG_HOME: "xdg" });
    expect(existsSync(join(home, unit))).toBe(true);
  });

  it("what starts an agent can be typed", () => {
    const odd = join(home, "a b");
    expect(run({ manager: "launchd", write: true }, { HOME: odd })).toContain(
      "launchctl bootstrap gui/$(id -u) '~/a b/Library/LaunchAgents/awsmfa.watch.dev.plist'",
    );
  });

  it("one of ours that others could read is theirs no more", () => {
    run({ write: true });
    chmodSync(join(home, unit), 0o644);
    run({ write: true });
    expect(modeOf(unit)).toBe("600");
  });

  it("a link stays one", () => {
    run({ write: true });
    const text = textOf(unit);
    rmSync(join(home, unit));
    const target = write("dotfiles/unit", text);
    symlinkSync("../../../dotfiles/unit", join(home, unit));
    run({ write: true, args: ["watch", "--json"] });
    expect(lstatSync(join(home, unit)).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, "utf8")).toContain("watch --json");
  });
});

describe("nothing is written", () => {
  const place = (make: (path: string) => void) => () => {
    mkdirSync(join(home, dirname(unit)), { recursive: true });
    make(join(home, unit));
  };

  it.each<[what: string, prepare: () => void, says: string]>([
    [
      "over another's file",
      () => write(unit, "[Unit]\nDescription=mine\n"),
      "was not written by awsmfa: nothing was written.",
    ],
    [
      "over an empty file",
      () => write(unit, ""),
      "was not written by awsmfa: nothing was written.",
    ],
    [
      "over a link to another's file",
      place((path) => symlinkSync(write("mine", "x"), path)),
      "was not written by awsmfa: nothing was written.",
    ],
    [
      "over a masked unit",
      place((path) => symlinkSync("/dev/null", path)),
      "is not a file: nothing was written.",
    ],
    ["over a folder", place((path) => mkdirSync(path)), "is not a file: nothing was written."],
    [
      "over a FIFO",
      place((path) => execFileSync("mkfifo", [path])),
      "is not a file: nothing was written.",
    ],
    [
      "through a link to nowhere",
      place((path) => symlinkSync("gone", path)),
      "is a link to a file that does not exist: nothing was written.",
    ],
    [
      "below a file",
      () => write(".config/systemd", ""),
      "cannot be written (ENOTDIR): nothing was changed.",
    ],
  ])("%s", (_what, prepare, says) => {
    prepare();
    const before = execFileSync("ls", ["-lR", home], { encoding: "utf8" });
    expect(failure({ write: true })).toContain(`253 ~/${unit} ${says}\n`);
    expect(execFileSync("ls", ["-lR", home], { encoding: "utf8" })).toBe(before);
    expect(printed).toBe("");
  });

  it("where no folder can be made", () => {
    expect(failure({ write: true }, { XDG_CONFIG_HOME: "/proc" })).toMatch(
      /^255 \/proc\/systemd\/user\/awsmfa-watch-dev\.service cannot be written \(ENOENT\): nothing was changed\.$/m,
    );
  });
});

describe("Node's path", () => {
  const cellar = "brew/Cellar/node@22/22.1.0/bin/node";

  it.each<[what: string, prepare: () => void, path: string]>([
    [
      "outlives an update by Homebrew",
      () => {
        mkdirSync(join(home, "brew/opt"));
        symlinkSync("../Cellar/node@22/22.1.0", join(home, "brew/opt/node@22"));
      },
      "brew/opt/node@22/bin/node",
    ],
    ["stays where there is no other", () => undefined, cellar],
    ["stays where that is another Node", () => write("brew/opt/node@22/bin/node", ""), cellar],
  ])("%s", (_what, prepare, path) => {
    const node = write(cellar, "");
    prepare();
    run({ program: [node, "/opt/awsmfa.cjs"] });
    expect(printed).toContain(`\nExecStart=${home}/${path} /opt/awsmfa.cjs watch`);
    expect(printed).toContain(`:${dirname(`${home}/${path}`)}\n`);
  });
});

describe("the environment", () => {
  it("is that of the user, as far as the service needs it", () => {
    run({}, { AWS_CONFIG_FILE: "~/c d", AWS_SHARED_CREDENTIALS_FILE: "cr", AWS_PROFILE: "p" });
    const lines = printed.split("\n").filter((line) => line.startsWith("Environment="));
    expect(lines).toEqual([
      `Environment=PATH=${home}/bin:/usr/bin`,
      `Environment="AWS_CONFIG_FILE=${home}/c d"`,
      `Environment=AWS_SHARED_CREDENTIALS_FILE=${process.cwd()}/cr`,
      "Environment=AWS_MFA_PROMPT=askpass",
    ]);
  });

  it.each(["systemd", "launchd"] as const)("%s: a password of a proxy is left out", (manager) => {
    const env = { HTTPS_PROXY: "http://me:secret@proxy", HTTP_PROXY: "http://me:secret@proxy" };
    const said = run({ manager }, env);
    expect(said).toMatchSnapshot();
    expect(said + printed).not.toContain("secret");
  });
});

test.each([
  ["app/node_modules/.bin/awsmfa", "app/package.json", true],
  ["app/node_modules/.pnpm/awsmfa@1/node_modules/awsmfa/dist/awsmfa.cjs", "app/package.json", true],
  [".npm/_npx/1f/node_modules/awsmfa/dist/awsmfa.cjs", undefined, true],
  ["pnpm/global/5/node_modules/.bin/awsmfa", "pnpm/global/5/package.json", false],
  ["lib/node_modules/awsmfa/dist/awsmfa.cjs", undefined, false],
  ["bin/awsmfa", "package.json", false],
])("that %s beside %s may go is said: %j", (script, beside, isSaid) => {
  if (beside !== undefined) write(beside, "{}");
  const said = run({ program: ["/usr/bin/node", join(home, script)] });
  expect(said.includes("this service stops working")).toBe(isSaid);
});

describe("that nobody would be asked", () => {
  const noAskpass = { PATH: "/nowhere" };

  it.each<[what: string, env: Record<string, string>, withoutProcess?: string[]]>([
    ["an askpass program on the path", {}],
    ["AWS_MFA_ASKPASS", { ...noAskpass, AWS_MFA_ASKPASS: "/bin/true" }],
    ["SSH_ASKPASS", { ...noAskpass, SSH_ASKPASS: "/bin/true" }],
    ["a process", noAskpass, []],
    ["a process, without a prompt", { ...noAskpass, AWS_MFA_PROMPT: "none" }, []],
  ])("is not said with %s", (_what, env, withoutProcess = ["dev"]) => {
    expect(run({ withoutProcess }, env)).not.toContain("nobody to ask");
  });

  it.each<[what: string, env: Record<string, string>, withoutProcess: string[], says: string]>([
    ["with no program", noAskpass, ["dev"], "a code of profile dev: neither AWS_MFA_ASKPASS,"],
    ["with one on a relative path", { PATH: "bin" }, ["dev"], "profile dev: neither"],
    ["with one that is gone", { ...noAskpass, SSH_ASKPASS: "/gone" }, ["dev"], "dev: neither"],
    ["for several", noAskpass, ["a", "b"], "profiles a, b: neither"],
    ["without a prompt", { AWS_MFA_PROMPT: "none" }, ["dev"], "dev: AWS_MFA_PROMPT is none."],
  ])("is said %s", (_what, env, withoutProcess, says) => {
    expect(run({ withoutProcess }, env)).toContain(says);
  });

  test("and what to do about it", () => {
    expect(run({}, noAskpass)).toMatchSnapshot();
    expect(run({}, { AWS_MFA_PROMPT: "none" })).toMatchSnapshot();
  });
});
