import { execFileSync } from "node:child_process";
import { expect, it, test } from "vitest";
import { isOurs, type Daemon } from "../../../src/core/daemon/daemon.ts";
import { launchdAgent } from "../../../src/core/daemon/launchd-agent.ts";
import { python } from "../../support/commands.ts";

const log = "/Users/me/Library/Logs/x.log";

const daemon: Daemon = {
  name: "awsmfa.watch.dev",
  sections: ["dev"],
  command: ["/usr/local/bin/node", "/opt/awsmfa.cjs", "watch", "--profile", "dev"],
  variables: new Map([["PATH", "/usr/bin:/bin"]]),
  asks: true,
};

/** As another program reads it. */
function read(agent: string): unknown {
  const script =
    "import json, plistlib, sys; print(json.dumps(plistlib.loads(sys.stdin.buffer.read())))";
  const output = execFileSync(python, ["-c", script], { input: agent, encoding: "utf8" });
  return JSON.parse(output);
}

test("an agent", () => {
  const agent = launchdAgent(daemon, log);
  expect(isOurs(agent)).toBe(true);
  expect(read(agent)).toEqual({
    Label: "awsmfa.watch.dev",
    ProgramArguments: daemon.command,
    EnvironmentVariables: { PATH: "/usr/bin:/bin" },
    RunAtLoad: true,
    KeepAlive: { SuccessfulExit: false },
    ThrottleInterval: 60,
    ProcessType: "Standard",
    LimitLoadToSessionType: "Aqua",
    Umask: 63,
    StandardOutPath: log,
    StandardErrorPath: log,
  });
});

const hostile = [
  "",
  " two  spaces ",
  `<&>"'`,
  "</string><key>Program</key>",
  "]]>",
  "&amp;",
  "-->",
  "über 日本 \u{1f600}",
  "a\tb\nc\r\nd\re",
  "\u007f\u0085\u009b",
  "\u200e\u2028\ufeff",
  "\ufffd",
  "%h $HOME ~ \\",
];

it("holds every text that XML can", () => {
  const agent = launchdAgent(
    {
      ...daemon,
      command: hostile,
      variables: new Map(hostile.map((value, index) => [`V${index}`, value])),
    },
    `/${hostile.join("")}`,
  );
  expect(read(agent)).toMatchObject({
    ProgramArguments: hostile,
    EnvironmentVariables: Object.fromEntries(hostile.map((value, index) => [`V${index}`, value])),
    StandardErrorPath: `/${hostile.join("")}`,
  });
  expect(agent).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}]/u);
});

it.each(["\u0000", "\u0001", "\u0008", "\u000b", "\u001b", "\u001f", "\ufffe", "\uffff", "\ud800"])(
  "refuses %j, which XML cannot hold",
  (character) => {
    const fault = (what: string): unknown =>
      expect.objectContaining({
        code: "UnfitCharacter",
        exitCode: 253,
        message: `${what} has a character in it that a plist cannot hold: a control character.`,
      });
    const text = `a${character}b`;
    expect(() => launchdAgent({ ...daemon, command: [text] }, log)).toThrow(fault("an argument"));
    const variables = new Map([["LANG", text]]);
    expect(() => launchdAgent({ ...daemon, variables }, log)).toThrow(fault("LANG"));
  },
);
