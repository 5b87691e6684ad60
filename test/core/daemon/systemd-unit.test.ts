import { describe, expect, it, test } from "vitest";
import { isOurs, type Daemon } from "../../../src/core/daemon/daemon.ts";
import { systemdUnit } from "../../../src/core/daemon/systemd-unit.ts";
import { argumentWord, unitWord } from "../../../src/core/daemon/unit-word.ts";

const daemon: Daemon = {
  name: "awsmfa-watch-dev.service",
  sections: ["dev"],
  command: ["/usr/bin/node", "/opt/awsmfa.cjs", "watch", "--profile", "dev"],
  variables: new Map([["PATH", "/usr/bin:/bin"]]),
  asks: true,
};

const linesOf = (unit: string, key: string): string[] =>
  unit.split("\n").filter((line) => line.startsWith(`${key}=`));

test("one that asks nobody needs no desktop", () => {
  const unit = systemdUnit({ ...daemon, asks: false });
  expect(unit).not.toContain("graphical-session");
  expect(unit).toContain("\nWantedBy=default.target\n");
});

test("a unit", () => {
  expect(systemdUnit(daemon)).toMatchInlineSnapshot(`
    "# Written by awsmfa watch, which may replace it: make changes with
    # \`systemctl --user edit awsmfa-watch-dev.service\`, such as variables that your mfa_process needs.
    #
    # Where the desktop does not start graphical-session.target (\`systemctl --user status
    # graphical-session.target\` says so), let it run these as it starts, instead of \`enable\`:
    #   systemctl --user import-environment DISPLAY WAYLAND_DISPLAY XAUTHORITY
    #   systemctl --user restart awsmfa-watch-dev.service
    [Unit]
    Description=AWS session of profile dev (awsmfa watch)
    PartOf=graphical-session.target
    After=graphical-session.target

    [Service]
    Type=exec
    ExecStart=/usr/bin/node /opt/awsmfa.cjs watch --profile dev
    ExecReload=/bin/kill -HUP $MAINPID
    # 252 and 253 do not go away by themselves.
    Restart=on-failure
    RestartSec=30
    RestartPreventExitStatus=252 253
    # Ended by INT or TERM.
    SuccessExitStatus=130 143
    SyslogIdentifier=awsmfa
    UMask=0077
    # A dump of the memory would hold keys.
    LimitCORE=0
    Environment=PATH=/usr/bin:/bin

    [Install]
    WantedBy=graphical-session.target
    "
  `);
});

it("has a line for each variable", () => {
  const variables = new Map([
    ["AWS_CONFIG_FILE", "/a b/c"],
    ["https_proxy", ""],
  ]);
  expect(linesOf(systemdUnit({ ...daemon, variables }), "Environment")).toEqual([
    'Environment="AWS_CONFIG_FILE=/a b/c"',
    "Environment=https_proxy=",
  ]);
});

it.each([
  [["a", "b"], "AWS session of profiles a, b (awsmfa watch)"],
  [["50%"], "AWS session of profile 50%% (awsmfa watch)"],
  [["a\nExecStart=/bin/x"], "AWS session of profile a?ExecStart=/bin/x (awsmfa watch)"],
  [["a\\"], "AWS session of profile a\\ (awsmfa watch)"],
  [[""], 'AWS session of profile "" (awsmfa watch)'],
])("sections %j in its description", (sections, words) => {
  const unit = systemdUnit({ ...daemon, sections });
  expect(linesOf(unit, "Description")).toEqual([`Description=${words}`]);
});

it("has a description of some length", () => {
  const unit = systemdUnit({ ...daemon, sections: ["%".repeat(5000)] });
  expect(linesOf(unit, "Description")[0]!.length).toBeLessThan(500);
});

it.each(["/o'brien/node", '/a"b/node', "/a\\b/node", "/a\nb/node", "/a\u007fb/node"])(
  "refuses the program %j, as systemd does",
  (program) => {
    expect(() => systemdUnit({ ...daemon, command: [program, "x"] })).toThrow(
      expect.objectContaining({ code: "UnfitPath", exitCode: 253 }),
    );
  },
);

it("leaves a dollar in the path of the program alone, as systemd does", () => {
  const unit = systemdUnit({ ...daemon, command: ["/a$b/node", "/a$b/awsmfa.cjs"] });
  expect(linesOf(unit, "ExecStart")).toEqual(['ExecStart="/a$b/node" "/a$$b/awsmfa.cjs"']);
});

describe("a word", () => {
  it.each([
    ["dev", "dev"],
    ["--profile=x", "--profile=x"],
    ["arn:aws:iam::123456789012:mfa/a+b@c_d,e.f", "arn:aws:iam::123456789012:mfa/a+b@c_d,e.f"],
    ["", '""'],
    ["a b", '"a b"'],
    ["50%", "50%%"],
    ["%h %%", '"%%h %%%%"'],
    [";", '";"'],
    ["it's", `"it's"`],
    ['"', String.raw`"\""`],
    ["a\\", String.raw`"a\\"`],
    ["\\x41", String.raw`"\\x41"`],
    ["a\nb\tc\r", String.raw`"a\u000ab\u0009c\u000d"`],
    ["\u001b[31m", String.raw`"\u001b[31m"`],
    ["\u202e\u2028", String.raw`"\u202e\u2028"`],
    ["\u{e0041}", String.raw`"\U000e0041"`],
    ["über", '"über"'],
    ["#x", '"#x"'],
  ])("%j is written as %s", (text, word) => {
    expect(unitWord(text, "x")).toBe(word);
    expect(argumentWord(text)).toBe(word);
  });

  it.each(["\ufffe", "\uffff", "\ufdd0", "\u{1fffe}", "\ud800"])("%j is refused", (character) => {
    expect(() => unitWord(`a${character}`, "LANG")).toThrow(
      expect.objectContaining({
        code: "UnfitCharacter",
        exitCode: 253,
        message: "LANG has a character in it that a unit of systemd cannot hold.",
      }),
    );
  });

  it.each([
    ["$HOME", '"$$HOME"'],
    ["${HOME}$", '"$${HOME}$$"'],
  ])("of a command: %j is written as %s", (text, word) => {
    expect(argumentWord(text)).toBe(word);
  });
});

describe("of ours is", () => {
  it.each([
    ["a unit", systemdUnit(daemon), true],
    ["another's unit", "[Unit]\nDescription=x\n", false],
    ["an empty file", "", false],
    ["one that tells of us", "[Unit]\nDescription=Written by awsmfa watch\n", false],
    ["one that tells of us below", `${"# x\n".repeat(9)}# Written by awsmfa watch\n`, false],
  ])("%s: %s", (_what, text, ours) => {
    expect(isOurs(text)).toBe(ours);
  });
});
