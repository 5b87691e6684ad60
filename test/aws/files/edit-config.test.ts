import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { editConfig } from "../../../src/aws/files/config.ts";
import { editSections } from "../../../src/core/aws-files/edit-sections.ts";
import { configSection, profileHeader } from "../../../src/core/aws-files/section-name.ts";
import { parseIni } from "../../../src/core/aws-files/ini.ts";
import { awsCommands, python } from "../../support/commands.ts";
import { run } from "../../support/run.ts";
import {
  isRoot,
  roomForEach,
  type EditRoom,
  type Outcome,
  type Surroundings,
  type Wanted,
} from "./edit-room.ts";
import { generateFiles } from "./generate-files.ts";
import { readWithBotocore } from "./reading.ts";

const before = "# mine\n[profile a]\nregion = x\n\n[sso-session s]\ny : 2\n";
const added = "\n[profile a-mfa]\nregion = x\n";
const wanted: Wanted = { sections: { "profile a-mfa": { region: "x" } } };

let room: EditRoom;
roomForEach((made) => {
  room = made;
});

const path = (): string => join(room.home, ".aws/config");
const text = (file = path()): string => readFileSync(file, "utf8");

function edit(edit: Wanted = wanted, { env, ...more }: Surroundings = {}): Promise<Outcome> {
  return room.edit(edit, { ...more, env: { ...env, EDITED_FILE: "config" } });
}

describe("a section is added, and no other byte changes", () => {
  test.each<[what: string, old: string, now: string]>([
    ["behind others", before, before + added],
    ["behind a last line without an end", before.trimEnd(), before + added],
    ["behind a comment", `${before}# end\n`, `${before}# end\n${added}`],
    [
      "with the file's line ends",
      before.replaceAll("\n", "\r\n"),
      (before + added).replaceAll("\n", "\r\n"),
    ],
    ["where only comments are", "; nothing\n", `; nothing\n${added}`],
    ["to a nested block", "[profile a]\ns3 =\n  a = b\n", `[profile a]\ns3 =\n  a = b\n${added}`],
  ])("%s", async (_what, old, now) => {
    room.write(".aws/config", old, 0o640);
    expect(await edit()).toEqual({ done: true, stderr: "" });
    expect([text(), statSync(path()).mode & 0o777]).toEqual([now, 0o640]);
    expect(room.names()).toEqual(["config"]);
  });

  test("in a file that has just been emptied", async () => {
    room.write(".aws/config", "");
    setTimeout(() => writeFileSync(path(), before), 20);
    await editHere();
    expect(text()).toBe(before + added);
  });

  test("the credentials file stays, and no lock file is left beside it", async () => {
    const keys = room.write(".aws/credentials", "[a]\nx = 1\n");
    await edit();
    expect([text(keys), text()]).toEqual(["[a]\nx = 1\n", added.trimStart()]);
    expect(existsSync(join(room.home, ".aws/.credentials.lock"))).toBe(false);
    expect(room.names()).toEqual(["config", "credentials"]);
  });

  test("where the file is missing, and its folder", async () => {
    expect(await edit()).toEqual({ done: true, stderr: "" });
    expect(text()).toBe(added.trimStart());
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path())).mode & 0o777).toBe(0o700);
    expect(room.names()).toEqual(["config"]);
  });

  test("where AWS_CONFIG_FILE says", async () => {
    const other = room.write("my files/config", before);
    expect(await edit(wanted, { env: { AWS_CONFIG_FILE: "~/my files/config" } })).toMatchObject({
      done: true,
    });
    expect(text(other)).toBe(before + added);
    expect(existsSync(path())).toBe(false);
  });

  test("through a link, which stays", async () => {
    const real = room.write("dotfiles/aws-config", before, 0o644);
    mkdirSync(dirname(path()));
    symlinkSync("../dotfiles/aws-config", path());
    expect(await edit()).toEqual({ done: true, stderr: "" });
    expect([readlinkSync(path()), text(real)]).toEqual(["../dotfiles/aws-config", before + added]);
    expect(room.names("dotfiles")).toEqual(["aws-config"]);
  });
});

describe("what stands against it is told, and nothing changes", () => {
  const twice = "[profile a]\n[profile a]\n";
  const keys = "[profile a]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\n";
  const over: Wanted = { sections: { "profile a": { aws_access_key_id: "ASIANEW" } } };
  test.each<[what: string, old: string, edit: Wanted, prepare: () => void, outcome: object]>([
    [
      "a file that the AWS CLI cannot read",
      twice,
      wanted,
      () => undefined,
      { code: "UnparsableFile", message: "PATH, line 2: the section of line 1 once more." },
    ],
    [
      "a read-only file",
      before,
      wanted,
      () => chmodSync(path(), 0o444),
      {
        code: "UnwritableFile",
        message: "PATH cannot be written (EACCES): nothing was changed.",
      },
    ],
    [
      "a read-only folder",
      before,
      wanted,
      () => chmodSync(dirname(path()), 0o500),
      {
        code: "UnwritableFile",
        message: "PATH cannot be written (EACCES): nothing was changed.",
      },
    ],
    [
      "a folder in its place",
      before,
      wanted,
      () => {
        rmSync(path());
        mkdirSync(path());
      },
      {
        code: "UnusableFile",
        message: "PATH is not a file: nothing was written.",
        hint: "Correct it, or name another file by AWS_CONFIG_FILE.",
      },
    ],
    [
      "a link to nowhere",
      before,
      wanted,
      () => {
        rmSync(path());
        symlinkSync("nowhere", path());
      },
      {
        message: "PATH is a link to a file that does not exist: nothing was written.",
        hint: "Correct it, or name another file by AWS_CONFIG_FILE.",
      },
    ],
    [
      "long-term keys that would be lost",
      keys,
      over,
      () => undefined,
      {
        code: "LongTermKeys",
        message: "[profile a] of PATH holds long-term keys (…MPLE), which would be overwritten.",
        hint: "Rename that section first.",
      },
    ],
  ])("%s", async (_what, old, change, prepare, outcome) => {
    room.write(".aws/config", old);
    prepare();
    const { message, ...rest } = await edit(change, { asOrdinaryUser: true });
    if (isRoot) chmodSync(dirname(path()), 0o700);
    expect({ ...rest, message: message?.replace(path(), "PATH") }).toMatchObject({
      exitCode: 253,
      ...outcome,
    });
    expect(room.names()).toEqual(["config"]);
    if (existsSync(path()) && statSync(path()).isFile()) expect(text()).toBe(old);
  });
});

describe("others that write it, too", () => {
  test("20 of us at once: no update is lost, and nothing is left behind", async () => {
    room.write(".aws/config", before);
    await countAtOnce(20, 10, () => ({}));
    expect(text().startsWith(before)).toBe(true);
    expect(room.names()).toEqual(["config"]);
  });

  test("20 of us that make it", async () => {
    await countAtOnce(20, 1, () => ({}));
    expect(room.names()).toEqual(["config"]);
  });

  test("by another name, and without the kernel's locks", async () => {
    room.write(".aws/config", before);
    symlinkSync(".aws", join(room.home, "link"));
    const byLink = { AWS_CONFIG_FILE: join(room.home, "link/config") };
    await countAtOnce(12, 20, (index) => ({
      NODE_PATH: "/nowhere",
      ...(index % 2 === 0 ? byLink : {}),
    }));
    expect(room.names()).toEqual(["config"]);
  });

  test("one that locks the file itself is waited for", async () => {
    room.write(".aws/config", before);
    const holder = spawn(python, ["-c", holdIt, path()]);
    await once(holder.stdout, "data");
    expect(await edit(wanted, { env: { AWS_MFA_LOCK_TIMEOUT: "0" } })).toMatchObject({
      code: "FileLocked",
      message: `another program still holds ${path()}: nothing was written.`,
    });
    const onStderr = (): void => void holder.stdin.end("\n");
    expect(await edit(wanted, { onStderr })).toEqual({
      done: true,
      stderr: `awsmfa: waiting for another program, which holds ${path()}.\n`,
    });
    expect(text()).toBe(`${before}\n[theirs]\n${added}`);
  });

  test("one that takes no lock: its work is not lost", async () => {
    room.write(".aws/config", before);
    let times = 0;
    await editHere(() => {
      if (times++ === 0) writeFileSync(path(), `${before}[profile c]\nz = 1\n`);
    });
    expect([times, text()]).toEqual([2, `${before}[profile c]\nz = 1\n${added}`]);
  });
});

/** Takes a lock on the file, waits for a line, adds a section, and lets go. */
const holdIt = `
import fcntl, sys
file = open(sys.argv[1], "r+")
fcntl.lockf(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.readline()
file.seek(0, 2)
file.write("\\n[theirs]\\n")
`;

/** Workers that each count in a section of their own; all must end well, and all be counted. */
async function countAtOnce(
  workers: number,
  times: number,
  envOf: (index: number) => Readonly<Record<string, string>>,
): Promise<void> {
  const env = { ...room.env, AWS_MFA_LOCK_TIMEOUT: "60", EDITED_FILE: "config" };
  const all = Array.from({ length: workers }, (_, index) => {
    const args = [room.worker.file, "count", `profile s${index}`, String(times)];
    return run(process.execPath, args, { env: { ...env, ...envOf(index) } });
  });
  for (const { code, stderr } of await Promise.all(all)) {
    expect([code, stderr.replace(/^awsmfa: waiting for .*\n/gm, "")]).toEqual([0, ""]);
  }
  const { sections } = parseIni(text());
  for (let index = 0; index < workers; index++) {
    expect(sections.get(`profile s${index}`)?.entries.size).toBe(times + 1);
  }
}

/** An edit in this process, under whose lock something happens. */
function editHere(act: () => void = () => undefined): Promise<string | undefined> {
  const report = { say: () => undefined, sayOnce: () => undefined, debug: () => undefined };
  const edits = () => {
    act();
    return new Map([["profile a-mfa", new Map([["region", "x"]])]]);
  };
  return editConfig(
    { env: { HOME: room.home }, now: () => new Date(), report },
    { edits, overwriteLongTerm: false, backup: false },
  );
}

describe("what the AWS CLI makes of it", () => {
  const names = [
    "default|dev-mfa|my dev|it's|it's me|a\"b|a\\b|a \\\"b|ünï|名 😀|a]b|]|[a|a#b|# a ;b|;| |a\u00a0b|\u00a0",
    "-p|$x|%x|a=b|profile|profile a|__proto__|a:b|a\u2028b|*|!|`id`|a'b\"c\\d e",
  ].flatMap((line) => line.split("|"));
  const header = (name: string, at: number): [string, Record<string, string>] => [
    profileHeader(name),
    { region: `r${at}` },
  ];

  test("botocore reads a header for every name", async () => {
    await edit({ sections: Object.fromEntries(names.map(header)) });
    const files = { config: path(), credentials: join(room.home, "none") };
    const [reading] = await readWithBotocore([files], room.home);
    const expected = Object.fromEntries(names.map((name, at) => [name, { region: `r${at}` }]));
    expect(reading).toMatchObject({ profiles: expected });
    expect(Object.keys((reading as { profiles: object }).profiles)).toHaveLength(names.length);
  });

  const odd = ["my dev", "it's me", 'a"b', "a\\b", "ünï", "a]b", "# a ;b", "-p"];
  test.each(odd)("`aws configure get` of profile %j", async (name) => {
    await edit({ sections: Object.fromEntries([header(name, 7)]) });
    expect(aws("configure", "get", "region", `--profile=${name}`)).toBe("r7\n");
  });

  test.each(["dev-mfa", "my dev", "it's me", "ünï"])(
    "`aws configure set` changes the section of %j, and adds no other",
    async (name) => {
      await edit({ sections: Object.fromEntries([header(name, 7)]) });
      aws("configure", "set", "region", "other", `--profile=${name}`);
      expect(text()).toBe(`[${profileHeader(name)}]\nregion = other\n`);
    },
  );

  test("a profile more, and all others as before, in generated files", async () => {
    const configs = generateFiles(20_270_301, 1000).map(({ config }) => config.toString());
    const edited = configs.flatMap((old) => {
      const now = withProfile(old, "new one");
      return now === undefined ? [] : [{ old, now }];
    });
    expect(edited.length).toBeGreaterThan(300);
    const credentials = join(room.home, "none");
    const pairs = edited.flatMap(({ old, now }, at) => [
      { config: room.write(`g/${at}-old`, old), credentials },
      { config: room.write(`g/${at}-now`, now), credentials },
    ]);
    const readings = await readWithBotocore(pairs, room.home);
    const different = edited.filter((_, at) => {
      const [was, is] = readings.slice(2 * at);
      if (was === undefined || is === undefined || "error" in was || "error" in is) return true;
      const { "new one": added, ...others } = is.profiles;
      return added?.["region"] !== "r" || !isDeepStrictEqual(others, was.profiles);
    });
    expect(different.map(({ old }) => old)).toEqual([]);
  });
});

/** What we make of a file; undefined where we refuse it, or where it has that profile already. */
function withProfile(old: string, name: string): string | undefined {
  if (old.includes("\ufffd")) return undefined;
  try {
    const { sections } = parseIni(old);
    const isThere = (header: string): boolean =>
      isDeepStrictEqual(configSection(header), { kind: "profile", name });
    if ([...sections.keys()].some(isThere)) return undefined;
    return editSections(old, new Map([[profileHeader(name), new Map([["region", "r"]])]]));
  } catch {
    return undefined;
  }
}

/** The real one. */
function aws(...args: string[]): string {
  const { path: file } = awsCommands[0]!;
  const env = { HOME: room.home, PATH: process.env["PATH"] ?? "", LANG: "C.UTF-8" };
  return execFileSync(file, args, { env, encoding: "utf8" });
}
