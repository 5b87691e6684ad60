import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { awsCommands } from "../../support/commands.ts";
import { startLab } from "../../support/lab.ts";
import { run, runAwsmfa } from "../../support/run.ts";
import { installService } from "../../../src/cli/watch/install/install-service.ts";
import { canRunUserManager, verifyUnit, withUserManager } from "./user-manager.ts";

const probe = mkdtempSync(join(tmpdir(), "awsmfa-test-"));
const canVerify = verifyUnit(probe, probe) !== undefined;
afterAll(() => rmSync(probe, { recursive: true, force: true }));

const hostile = [
  "",
  " two  spaces ",
  "it's",
  `"quoted"`,
  "'",
  '"',
  "\\",
  "a\\",
  "\\\\n \\x41 \\u0041",
  "%h %% %n %",
  "$HOME",
  "${HOME}",
  "a$HOME $$ $",
  "a;b",
  ";",
  "\\;",
  "#",
  "-",
  "@x",
  "~",
  "*",
  "a\tb\nc\rd",
  "\u001b[31m\u007f",
  "\u0085\u009b",
  "\u202e\u2028\ufeff\ufffd",
  "über 日本 \u{1f600} \u{e0041}",
  "[Service]\nExecStart=/bin/false",
  "{a,b}",
];

/** A home with a Node and a recorder that hostile paths lead to, and a service that runs them. */
function hostileHome(args: readonly string[], values: Readonly<Record<string, string>>) {
  const home = mkdtempSync(join(tmpdir(), "awsmfa-test-"));
  const folder = join(home, "n $HOME ${HOME} $$ %h ü; x");
  mkdirSync(folder);
  const node = join(folder, "node");
  symlinkSync(process.execPath, node);
  const script = join(home, "s '\"\\ $HOME %h\n日.cjs");
  cpSync(join(import.meta.dirname, "../../fixtures/recorder.cjs"), script);
  const said: string[] = [];
  const say = (text: string): void => void said.push(text);
  const report = { say, sayOnce: say, debug: () => undefined };
  const env = { HOME: home, PATH: "/usr/bin:/bin", ...values };
  const sections = ["50% \"über\" '$x' \\"];
  installService(
    { env, now: () => new Date(0), report },
    {
      manager: "systemd",
      write: true,
      sections,
      withoutProcess: [],
      args,
      program: [node, script],
    },
  );
  const [path = ""] = /\S+\.service/.exec(said[0] ?? "") ?? [];
  const commands = (said[0] ?? "").split("\n").slice(1).join("\n");
  return { home, folder, path, unit: path.slice(dirname(path).length + 1), commands };
}

const values = Object.fromEntries(
  hostile
    .filter((value) => value !== "")
    .map((value, index) => [`LC_${"A".repeat(index + 1)}`, value]),
);

describe.skipIf(!canVerify)("systemd-analyze verify", () => {
  it("has nothing to say", () => {
    const { home, path } = hostileHome(["watch", ...hostile], values);
    expect(verifyUnit(path, home)).toBe("0 ");
    rmSync(home, { recursive: true });
  });

  it("would say it", () => {
    const { home, path } = hostileHome(["watch"], {});
    rmSync(join(home, "n $HOME ${HOME} $$ %h ü; x"), { recursive: true });
    expect(verifyUnit(path, home)).not.toBe("0 ");
    rmSync(home, { recursive: true });
  });
});

describe.skipIf(!canRunUserManager())("systemd itself", () => {
  let told: { argv: string[]; env: Record<string, string>; signals: string[] };
  let printed: string;
  let folder: string;
  beforeAll(async () => {
    const made = hostileHome(["watch", ...hostile], values);
    const { home, unit, commands } = made;
    folder = made.folder;
    const show = `systemctl --user show ${unit} -p ActiveState -p SubState -p Result -p UnitFileState`;
    printed = await withUserManager(
      home,
      `${commands}
       until [ -s $HOME/record ]; do sleep 0.1; done
       systemctl --user reload ${unit}
       until grep -q SIGHUP $HOME/record; do sleep 0.1; done
       echo "== runs"; ${show}
       systemctl --user stop ${unit}
       echo "== stopped"; ${show}`,
    );
    told = JSON.parse(readFileSync(join(home, "record"), "utf8"));
    rmSync(home, { recursive: true });
  });

  it("starts the service by the commands that were said", () => {
    expect(printed).toMatch(
      /== runs[^=]*Result=success[^]*SubState=running\nUnitFileState=enabled/,
    );
  });

  it("hands over every argument as it is", () => {
    expect(told.argv.slice(2)).toEqual(["watch", ...hostile]);
  });

  it("and every variable", () => {
    expect(told.env).toMatchObject({
      ...values,
      PATH: `/usr/bin:/bin:${folder}`,
      AWS_MFA_PROMPT: "askpass",
    });
  });

  test("a service that ends by TERM has not failed, and is told to reload", () => {
    expect(told.signals).toEqual(["SIGHUP", "SIGTERM"]);
    expect(printed).toMatch(/== stopped\nResult=success\nActiveState=inactive/);
  });

  it.each([
    ["252", "failed"],
    ["253", "failed"],
    ["254", "auto-restart"],
    ["1", "auto-restart"],
    ["0", "dead"],
    ["130", "dead"],
  ])("after the status %s it is %s", async (status, state) => {
    const { home, unit } = hostileHome(["exit", status], {});
    const shown = await withUserManager(
      home,
      `systemctl --user start ${unit} || true
       until systemctl --user show ${unit} -p SubState | grep -Eq 'failed|restart|dead'; do sleep 0.1; done
       systemctl --user show ${unit} -p SubState`,
    );
    expect(shown).toBe(`SubState=${state}\n`);
    expect(existsSync(join(home, "record"))).toBe(true);
    rmSync(home, { recursive: true });
  });

  it("keeps a section fresh by the program as it is built", async () => {
    await using lab = await startLab();
    const askpass = lab.write("ask", `#!/bin/sh\necho ${lab.sandbox.freshCode("alice")}\n`);
    chmodSync(askpass, 0o755);
    const env = { ...lab.env, AWS_MFA_ASKPASS: askpass };
    const args = ["watch", "--profile", "dev", "--install", "systemd", "--write"];
    const { code, stderr } = await runAwsmfa(args, { env });
    expect(code, stderr).toBe(0);
    const commands = stderr.split("\n").filter((line) => line.startsWith("  systemctl"));
    await withUserManager(
      lab.home,
      `${commands.join("\n")}
       until grep -q aws_session_token $HOME/.aws/credentials; do sleep 0.1; done
       systemctl --user stop awsmfa-watch-dev-mfa.service
       systemctl --user show awsmfa-watch-dev-mfa.service -p Result | grep success`,
    );
    const { stdout } = await run(
      awsCommands[0]!.path,
      ["sts", "get-caller-identity", "--profile", "dev-mfa"],
      { env: lab.env },
    );
    expect(stdout).toContain("user/alice");
  });
});
