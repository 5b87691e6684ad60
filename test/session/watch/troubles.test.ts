import { mkdirSync, renameSync, rmSync, rmdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { edit, keys, temporaryHome } from "./simulated-files.ts";
import { failure, noCode, refused, simulate, type Happening } from "./simulated-world.ts";

const hour = 3600;
const half = 12 * hour;

/** How long it may take to notice that a file has changed, in seconds. */
const soon = 10;

const unreachable = failure("unreachable", "ENOTFOUND", 255);
const locked = failure("configuration", "LockedFile");

/** Something near a time, never before it. */
function near(at: number): number {
  return expect.toSatisfy((seen: number) => seen >= at && seen <= at + soon) as number;
}

describe("the time between attempts, in seconds since the start", () => {
  it.each<[what: string, fault: typeof noCode, asked: readonly number[], told: number]>([
    ["nobody gives a code", noCode, [0, 15, 45, 105, 225, 465, 945, 1545, 2145], 9],
    ["AWS is not there", unreachable, [0, 5, 15, 35, 75, 135, 195, 255, 315], 1],
    ["a file is locked", locked, [0, 5, 15, 35, 75, 135, 195, 255, 315], 1],
    ["AWS refuses", refused, [0, 300, 900, 2100, 3900, 5700], 6],
  ])("%s", async (_what, fault, asked, told) => {
    const seen = await simulate({ fails: () => fault, until: asked.at(-1)! + 1 });
    expect(seen.asked).toEqual(asked);
    const troubles = seen.events.filter(({ kind }) => kind === "trouble");
    expect(troubles).toHaveLength(told);
  });

  it.each([
    ["sooner", 0, [0, 12, 36, 84]],
    ["later", 1, [0, 18, 54, 126]],
  ])("varies: %s", async (_what, random, asked) => {
    const seen = await simulate({ fails: () => noCode, random, until: asked.at(-1)! + 1 });
    expect(seen.asked).toEqual(asked.map((at) => expect.closeTo(at, 3)));
  });

  it("begins anew with another kind of trouble", async () => {
    const kinds = [noCode, noCode, unreachable, unreachable, noCode, noCode, refused, noCode];
    const seen = await simulate({ fails: (attempt) => kinds[attempt - 1], until: 500 });
    expect(seen.asked).toEqual([0, 15, 45, 50, 60, 75, 105, 405, 420]);
    expect(seen.told).toEqual([
      "0 due missing",
      "0 trouble NoCode",
      "15 due missing",
      "15 trouble NoCode",
      "45 due missing",
      "45 trouble ENOTFOUND",
      "60 trouble NoCode",
      "75 due missing",
      "75 trouble NoCode",
      "105 due missing",
      "105 trouble AccessDenied",
      "405 due missing",
      "405 trouble NoCode",
      "420 due missing",
      "420 renewed",
    ]);
  });

  it("begins anew after a success", async () => {
    const seen = await simulate({
      fails: (attempt) => (attempt === 3 || attempt === 6 ? undefined : noCode),
      given: hour,
      until: 8000,
    });
    expect(seen.asked).toEqual([
      0, 15, 45, 3345, 3360, 3390, 6690, 6705, 6735, 6795, 6915, 7155, 7635,
    ]);
  });

  it("is told with each of them, but once where nobody is asked", async () => {
    const messages = ["A", "A", "B", "B", "A", "A"];
    const seen = await simulate({
      fails: (attempt) => failure("unreachable", messages[attempt - 1] ?? "A", 255),
      until: 200,
    });
    expect(seen.told).toEqual(["0 due missing", "0 trouble A", "15 trouble B", "75 trouble A"]);
  });

  it("when it is tried again is said", async () => {
    const { events } = await simulate({ fails: () => noCode, until: 20 });
    const retries = events.map((event) => (event.kind === "trouble" ? event.retry : undefined));
    expect(retries).toEqual([
      undefined,
      new Date("2026-03-04T05:06:22Z"),
      undefined,
      new Date("2026-03-04T05:06:52Z"),
    ]);
  });

  it.each<[what: string, happenings: readonly Happening[], asked: readonly number[]]>([
    ["slept over it", [[100, { suspended: 400 }]], [0, 15, 45, 500]],
    ["clock put ahead", [[100, { ahead: hour }]], [0, 15, 45, 105]],
    ["clock put behind", [[100, { ahead: -hour }]], [0, 15, 45, 105, 225]],
  ])("%s", async (_what, happenings, asked) => {
    const seen = await simulate({ fails: () => noCode, happenings, until: asked.at(-1)! + 15 });
    expect(seen.asked.slice(0, asked.length)).toEqual(asked.map(near));
  });
});

describe("while a file stood in the way", () => {
  it("it is tried again as soon as that is another one", async () => {
    const happenings: Happening[] = [[240, (path) => edit(path, (text) => `${text}# unlocked\n`)]];
    const seen = await simulate({ fails: () => locked, happenings, until: 254 });
    expect(seen.asked).toEqual([0, 5, 15, 35, 75, 135, 195, near(240)]);
  });
});

describe("while nobody gave a code", () => {
  const touch = (path: string): void => edit(path, (text) => `${text}# changed\n`);
  const failing = { fails: () => noCode, until: 400 };
  const asked = [0, 15, 45, 105, 225];

  it.each<[what: string, happenings: readonly Happening[]]>([
    ["a comment is added", [[110, touch]]],
    ["all sorts of it", [50, 60, 70, 80, 90, 110, 150, 200].map((at) => [at, touch])],
    ["somebody has the files looked at", [[110, "looked"]]],
    ["another profile is added", [[110, (path) => edit(path, (text) => `${text}[x]\na = b\n`)]]],
    ["another process writes another section", [[110, { written: hour, into: "other" }]]],
    ["another process writes what is over", [[110, { written: 60 }]]],
    ["the file is replaced by itself", [[110, (path) => edit(path, (text) => text)]]],
    [
      "the file is gone for a while",
      [
        [110, (path) => rmSync(path)],
        [130, (path) => writeFileSync(path, keys)],
      ],
    ],
    [
      "it cannot be parsed for a while",
      [
        [110, (path) => writeFileSync(path, "rubbish")],
        [170, (path) => writeFileSync(path, keys)],
      ],
    ],
    [
      "it is emptied for a moment, as by aws configure",
      [
        [110, (path) => writeFileSync(path, "")],
        [110.1, (path) => writeFileSync(path, keys)],
      ],
    ],
  ])("nobody is asked sooner where %s", async (_what, happenings) => {
    const seen = await simulate({ ...failing, happenings });
    expect(seen.asked).toEqual(asked);
  });

  it.each<[what: string, change: (text: string) => string]>([
    ["another device", (text) => text.replace("mfa/phone", "mfa/tablet")],
    ["other keys", (text) => text.replace("AKIAEXAMPLE", "AKIAANOTHER")],
    ["another secret", (text) => text.replace("_key = s", "_key = another")],
    ["another region", (text) => text.replace("[dev]", "[dev]\nregion = eu-west-1")],
    ["another endpoint", (text) => text.replace("[dev]", "[dev]\nendpoint_url = http://a")],
    ["other certificates", (text) => text.replace("[dev]", "[dev]\nca_bundle = /ca")],
    ["another program for codes", (text) => text.replace("[dev]", "[dev]\nmfa_process = a")],
  ])("%s: it is tried at once, and then in time again", async (_what, change) => {
    const happenings: Happening[] = [[230, (path) => edit(path, change)]];
    for (const fault of [noCode, refused, unreachable]) {
      const { asked: before } = await simulate({ fails: () => fault, until: 230 });
      const seen = await simulate({ fails: () => fault, happenings, until: 246 });
      expect(seen.asked.slice(0, before.length + 1)).toEqual([...before, near(230)]);
    }
  });

  it("with another device the time between attempts begins anew", async () => {
    const change = (path: string): void =>
      edit(path, (text) => text.replace("mfa/phone", "mfa/tablet"));
    const seen = await simulate({ ...failing, happenings: [[230, change]], until: 300 });
    expect(seen.asked).toEqual([...asked, 235, 250, 280]);
  });

  it("what the config file says counts, too", async () => {
    const config = (path: string): void =>
      writeFileSync(join(dirname(path), "config"), "[profile dev]\nmfa_process = a\n");
    const seen = await simulate({ ...failing, happenings: [[230, config]], until: 241 });
    expect(seen.asked).toEqual([...asked, near(230)]);
  });

  it("what another process writes will do, and is told", async () => {
    const happenings: Happening[] = [[50, { written: half }]];
    const seen = await simulate({ ...failing, happenings, until: half });
    expect(seen.asked.slice(0, 4)).toEqual([0, 15, 45, 50 + half - 300]);
    expect(seen.told.slice(4, 8)).toEqual([
      "45 due missing",
      "45 trouble NoCode",
      "55 valid",
      `${50 + half - 300} due expired`,
    ]);
  });
});

describe("trouble with the credentials file", () => {
  const at = 1000;
  const isBack = 1200;
  const dueAt = 12 * hour - 300;

  const folder = (path: string): void => {
    renameSync(path, `${path}.away`);
    mkdirSync(path);
  };
  const back = (path: string): void => {
    rmdirSync(path);
    renameSync(`${path}.away`, path);
  };
  const loop = (path: string): void => {
    renameSync(path, `${path}.away`);
    symlinkSync(path, path);
  };
  const noLoop = (path: string): void => {
    rmSync(path);
    renameSync(`${path}.away`, path);
  };
  const away = (path: string): void => renameSync(path, `${path}.away`);
  const found = (path: string): void => renameSync(`${path}.away`, path);
  const spoil = (path: string): void => edit(path, (text) => `rubbish\n${text}`);
  const mend = (path: string): void => edit(path, (text) => text.replace("rubbish\n", ""));
  const latin = (path: string): void => {
    edit(path, (text) => text);
    writeFileSync(path, Buffer.from("[d\xe9]\n", "latin1"), { flag: "a" });
  };
  const noLatin = (path: string): void => edit(path, (text) => text.replace(/\[d.*\n$/, ""));
  const own = (path: string): void =>
    edit(path, (text) => text.replace(/ASIA\d/, "AKIAMINE").replace(/^aws_session_token.*\n/m, ""));
  const notOwn = (path: string): void => edit(path, (text) => text.replace(/\[dev-mfa\][^[]*/, ""));

  it.each<
    [
      what: string,
      code: string,
      begins: (path: string) => void,
      ends: (path: string) => void,
      keeps?: "keeps it",
    ]
  >([
    ["moved away", "UnknownProfile", away, found, "keeps it"],
    ["a folder", "UnknownProfile", folder, back, "keeps it"],
    ["a loop", "UnknownProfile", loop, noLoop, "keeps it"],
    ["unparsable", "UnparsableFile", spoil, mend, "keeps it"],
    ["of another encoding", "UnparsableFile", latin, noLatin, "keeps it"],
    [
      "deleted and made anew",
      "UnknownProfile",
      (path) => rmSync(path),
      (path) => writeFileSync(path, keys),
    ],
    [
      "replaced by one without the profile",
      "UnknownProfile",
      (path) => edit(path, () => "[x]\n"),
      (path) => edit(path, () => keys),
    ],
    [
      "without its keys",
      "NoLongTermKeys",
      (path) => edit(path, () => "[dev]\nmfa_serial = 123456789\n"),
      (path) => edit(path, () => keys),
    ],
    [
      "without its device",
      "NoDevice",
      (path) => edit(path, (text) => text.replace(/mfa_serial.*\n/, "")),
      (path) => edit(path, () => keys),
    ],
    ["with long-term keys in the section", "LongTermKeys", own, notOwn],
  ])("%s: told once, over soon", async (_what, code, begins, ends, keeps) => {
    const happenings: Happening[] = [
      [at, begins],
      [isBack, ends],
    ];
    const seen = await simulate({ happenings, until: 2000 });
    const expected = keeps ? [0] : [0, near(isBack)];
    expect(seen.asked).toEqual(expected);
    const [due, renewed, trouble, ...rest] = seen.told;
    expect([due, renewed]).toEqual(["0 due missing", "0 renewed"]);
    expect(trouble).toMatch(RegExp(`^10\\d\\d trouble ${code}$`));
    expect(rest.map((line) => line.replace(/^12[01]\d /, ""))).toEqual(
      keeps ? ["valid"] : ["due missing", "renewed"],
    );
  });

  it.each<[what: string, begins: (path: string) => void, ends: (path: string) => void]>([
    ["moved away", away, found],
    ["unparsable", spoil, mend],
    ["a folder", folder, back],
  ])("%s when it is due: nobody is asked in vain", async (_what, begins, ends) => {
    const happenings: Happening[] = [
      [dueAt - 500, begins],
      [dueAt + 5000, ends],
    ];
    const seen = await simulate({ happenings, until: dueAt + 6000 });
    expect(seen.asked).toEqual([0, near(dueAt + 5000)]);
    expect(seen.text).toMatch(/^\[dev\]\n[^[]*\[dev-mfa\]\n[^[]*ASIA2\n[^[]*$/);
  });

  it("long-term keys in the section are never overwritten, whoever asks", async () => {
    const happenings: Happening[] = [
      [at, own],
      [at + 100, "asked"],
      [at + 200, "looked"],
      [at + 300, "asked"],
    ];
    const seen = await simulate({ happenings, until: dueAt + half });
    expect(seen.asked).toEqual([0]);
    expect(seen.told.slice(2)).toEqual(["1000 trouble LongTermKeys"]);
    expect(seen.text).toContain("AKIAMINE");
  });

  it("no profile at the start: it is waited for", async () => {
    const happenings: Happening[] = [[at, (path) => writeFileSync(path, keys)]];
    const seen = await simulate({ happenings, until: 2000 }, temporaryHome("[x]\n"));
    expect(seen.asked).toEqual([near(at)]);
    expect(seen.told).toEqual([
      "0 trouble UnknownProfile",
      expect.stringMatching(/^100\d due missing$/),
      expect.stringMatching(/^100\d renewed$/),
    ]);
  });
});
