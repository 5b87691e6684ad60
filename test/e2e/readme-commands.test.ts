import { chmodSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { findShell } from "../../src/shell/shells.ts";
import {
  completingShell,
  installCompleter,
  installRecorders,
  type Completing,
} from "../support/completing-shell.ts";
import { devSection, keysSection, startLab, type Lab } from "../support/lab.ts";
import { onTerminal } from "../support/on-terminal.ts";
import { readmeBlocks, readmeLines, readmeTable } from "../support/readme.ts";
import { run } from "../support/run.ts";

/** A lab whose PATH has awsmfa and a program that stands for all those built on an AWS SDK. */
async function userLab(): Promise<Lab> {
  const lab = await startLab();
  lab.installAwsmfa();
  chmodSync(lab.write("bin/terraform", '#!/bin/sh\necho "$1 as $AWS_ACCESS_KEY_ID"\n'), 0o755);
  return lab;
}

test("the first lines, typed into bash", async () => {
  await using lab = await userLab();
  const [setUp = "", first = "", second = ""] = readmeLines("console");
  const { AWS_PROFILE: _unset, ...env } = lab.env;
  const terminal = onTerminal("/bin/bash", ["--norc", "-i"], env);
  terminal.type(`PS1="rea""dy> "; ${setUp}\r`);
  await terminal.until("ready> ");
  terminal.type(`${first}\r`);
  await terminal.until("MFA code for phone (profile dev): ");
  terminal.type(`${lab.sandbox.freshCode("alice")}\r`);
  await terminal.until("demo-photos");
  await terminal.until("ready> ");
  terminal.type(`${second}\r`);
  await terminal.until("demo-photos");
  terminal.type("exit\r");
  await terminal.ended;
  expect(terminal.shown.match(/MFA code/g)).toHaveLength(1);
});

test("a role as the README has it", async () => {
  await using lab = await userLab();
  lab.write(".aws/config", readmeBlocks("ini").join(""));
  const [, , , line = ""] = readmeLines("console");
  const env = { ...lab.env, AWS_MFA_TOKEN: lab.sandbox.freshCode("alice") };
  const script = `shopt -s expand_aliases\nalias aws="awsmfa session"\n${line}`;
  const ended = await run("/bin/bash", ["-c", script], { env });
  expect(readmeBlocks("console")[1]).toBe(`$ ${line}\n${ended.stdout}`);
  expect(ended).toMatchObject({ code: 0, stderr: "" });
});

test("a profile for SDKs as the README has it", async () => {
  await using lab = await userLab();
  lab.write(".aws/config", `${devSection(lab.serial)}`.replace("us-east-1", "eu-central-1"));
  const [, , , , line = ""] = readmeLines("console");
  const terminal = onTerminal("/bin/bash", ["--norc", "-c", line], lab.env);
  await terminal.until("Write this? [y/N] ");
  terminal.type("y\r");
  await terminal.ended;
  const asEver = (text: string): string =>
    text
      .replaceAll(/\r+\n/g, "\n")
      // What an editor of lines does on a terminal.
      .replaceAll(/\u001B\[[0-9;]*[A-Z]/g, "")
      .replace(/^\S+\/\.aws\/config$/m, "")
      .replace(/(?<= = )\S+ \S+\/awsmfa(\.cjs)?/, "");
  const inReadme = readmeBlocks("console")[2]!.split("\n").slice(1).join("\n");
  expect(asEver(terminal.shown)).toBe(asEver(inReadme));
  const env = { ...lab.env, AWS_PROFILE: "dev-mfa", AWS_MFA_TOKEN: lab.sandbox.freshCode("alice") };
  const ended = await run("aws", ["s3", "ls"], { env });
  expect(ended).toMatchObject({ code: 0, stderr: "" });
});

test("the credentials file as the README has it", async () => {
  await using lab = await userLab();
  const alice = lab.sandbox.user("alice");
  const keys = `${keysSection("dev-long-term", alice)}mfa_serial = ${alice.serial}\n`;
  lab.write(".aws/credentials", keys);
  const [, , , , , first = "", second = "", watch = "", ...more] = readmeLines("console");
  expect(more).toEqual([]);
  expect(watch).toMatch(/^awsmfa watch /);
  const script = `PS1=; ${first}; ${second}; aws --profile dev-admin sts get-caller-identity`;
  const env = { ...lab.env, TZ: "Europe/Berlin", AWS_DEFAULT_REGION: "us-east-1" };
  const terminal = onTerminal("/bin/bash", ["--norc", "-c", script], env);
  await terminal.until("renewing for 43200 seconds): ");
  terminal.type(`${lab.sandbox.freshCode("alice")}\r`);
  await terminal.until(":assumed-role/admin/");
  await terminal.ended;
  const asShown = terminal.shown.replaceAll("\r\n", "\n").split("\n").slice(0, 3);
  const inReadme = readmeBlocks("console")[3]!.split("\n").slice(1, 4);
  // The code, the clock, and a second that may have gone by.
  const asEver = (line: string): string =>
    line.replace(/\d{6}$/, "").replace(/4\d{4} seconds, until .*/, "");
  expect(asShown.map(asEver)).toEqual(inReadme.map(asEver));
});

test("a watcher as the README has it", async () => {
  await using lab = await userLab();
  const { AWS_PROFILE: _unset, ...env } = lab.env;
  const alice = lab.sandbox.user("alice");
  lab.write(".aws/credentials", `${keysSection("dev", alice)}mfa_serial = ${alice.serial}\n`);
  const watch = readmeLines("console").at(-1) ?? "";
  const terminal = onTerminal("/bin/bash", ["--norc", "-c", `exec ${watch}`], env);
  await terminal.until("renewing for 43200 seconds): ");
  terminal.type(`${lab.sandbox.freshCode("alice")}\r`);
  await terminal.until("left, renewal at ");
  terminal.type("\u0003");
  await terminal.ended;
  const asShown = terminal.shown.split(/\r+\n?/).filter((line) => line !== "");
  const inReadme = readmeBlocks("console")[4]!.split("\n").slice(1, -1);
  // The code, and the clock, whose next renewal may be tomorrow.
  const asEver = (line: string): string => line.replace(/\d{6}$|(\w{3} )?\d\d:\d\d.*$/, "");
  expect(asShown.slice(0, 3).map(asEver)).toEqual(inReadme.map(asEver));
});

test("the other lines, one after the other in one shell", async () => {
  await using lab = await userLab();
  lab.write(".aws/config", "[profile dev]\nregion = us-east-1\n");
  const all = readmeLines("sh").filter((line) => !line.startsWith("npm "));
  // One code is all there is.
  const isLast = (line: string): boolean => line.startsWith("awsmfa clean");
  const lines = [...all.filter((line) => !isLast(line)), ...all.filter(isLast)];
  const script = lines.map((line) => `echo '> ${line.replaceAll("'", "")}'\n${line}\n`).join("");
  const code = lab.sandbox.freshCode("alice");
  const env = { ...lab.env, AWS_MFA_TOKEN: code };
  const ended = await run("/bin/bash", ["-e", "-c", script], { env });
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  const answers = ended.stdout.split(/^> .*\n/m).slice(1);
  expect(answers).toHaveLength(lines.length);
  const answerTo = (start: string): string | undefined =>
    answers[lines.findIndex((line) => line.startsWith(start))];
  expect(answerTo("aws configure set")).toBe("");
  expect(answerTo("echo")).toBe("");
  expect(readFileSync(`${lab.home}/.bashrc`, "utf8")).toBe('alias aws="awsmfa session"\n');
  expect(answerTo("awsmfa exec")).toMatch(/^plan as ASIA\w+\n$/);
  // From the endpoint, and not from variables.
  expect(answerTo("awsmfa serve")).toBe("apply as \n");
  expect(answerTo('eval "$(awsmfa exports)"')).toBe("");
  expect(answerTo('eval "$(awsmfa unsets)"')).toBe("");
  expect(answerTo("awsmfa status")).toContain("dev");
  expect(answerTo("awsmfa clean dev")).toBe("Forgot the session of profile dev (device phone).\n");
});

describe("the table of shells", () => {
  const rows = readmeTable("shell");
  const programs = new Map([
    ["bash, zsh, sh", ["bash", "zsh", "dash"]],
    ["fish", ["fish"]],
    ["tcsh", ["tcsh"]],
  ]);
  const tried = rows.flatMap(({ name, code: [exports = "", unsets = ""] }) =>
    (programs.get(name) ?? []).map((shell) => [shell, exports, unsets] as const),
  );

  test("has a row for each, and says which are not run", () => {
    const names = rows.map(({ name }) => name);
    expect(names).toEqual([...programs.keys(), "PowerShell¹", "cmd¹"]);
    expect(tried).toHaveLength(5);
  });

  test("says what awsmfa itself says on a terminal", () => {
    for (const { name, code } of rows) {
      for (const shell of name.replace("¹", "").toLowerCase().split(", ")) {
        const { evaluate } = findShell(shell)!;
        expect(code).toEqual([evaluate("awsmfa exports"), evaluate("awsmfa unsets")]);
      }
    }
  });

  test.each(tried)("%s: %s", async (shell, exports, unsets) => {
    await using lab = await userLab();
    await lab.signIn();
    const script = `${exports}; aws s3 ls && ${unsets}; aws s3 ls`;
    const ended = await run(`/usr/bin/${shell}`, ["-c", script], { env: lab.env });
    expect(ended.stdout.match(/demo-photos/g)).toHaveLength(1);
    expect(ended.stderr).toContain("AccessDenied");
  });
});

describe("the table of completion", () => {
  const rows = readmeTable("start-up file of");
  // zsh has no completion at all before compinit; Debian's own for aws wants another program.
  const compinit = 'autoload -Uz compinit; compinit -u -D; unset "_comps[aws]"\n';
  const tried: [shell: Completing, before: string, line: string][] = [
    ["bash", "", rows[0]?.code[0] ?? ""],
    ["zsh", compinit, rows[1]?.code.at(-1) ?? ""],
    ["fish", "", rows[2]?.code[0] ?? ""],
  ];

  test("has a row for each, and says which is not run", () => {
    expect(rows.map(({ name }) => name)).toEqual([
      "bash",
      "zsh, after `compinit`",
      "fish",
      "PowerShell¹",
    ]);
  });

  test.each(tried)("%s%s: %s", async (name, before, line) => {
    await using lab = await startLab();
    installRecorders(lab);
    installCompleter(lab);
    lab.fakeAws("exit 1");
    const shell = await completingShell(lab, name, `${before}${line}\nalias aws="awsmfa session"`);
    expect(await shell.run("awsmfa stat\t")).toEqual(["status"]);
    expect(await shell.run("aws s3 web\t")).toEqual(["session", "s3", "website"]);
    shell.type("exit\r");
    await shell.ended;
  });
});
