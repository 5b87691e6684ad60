import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startLab, type Lab } from "../support/lab.ts";
import { shellOnTerminal } from "../support/on-terminal.ts";
import { plant, plantRole } from "../support/plant.ts";
import { addRoles } from "../support/role-profiles.ts";
import { runAwsmfa } from "../support/run.ts";
import { onScreen } from "../support/screen.ts";

type Env = Readonly<Record<string, string>>;

/** Where it is six in the morning now, so that what ends in the next hours ends today. */
function morning(): string {
  const west = ((new Date().getUTCHours() - 6 + 11 + 24) % 24) - 11;
  // `Etc/GMT+3` is three hours west, and written so.
  return `Etc/GMT${west < 0 ? "" : "+"}${west}`;
}

async function stage(): Promise<Lab & { env: Env }> {
  const lab = await startLab();
  plant(lab, "dev", { left: 9.2 * 3600 + 30 });
  plant(lab, "old", { left: -3600 });
  plant(lab, "prod", { left: 270, serial: "arn:aws:iam::210987654321:mfa/yubikey" });
  plant(lab, "staging", { left: 42.5 * 60 });
  return { ...lab, env: { ...lab.env, TZ: morning() } };
}

/** What a terminal of this width is sent. */
async function onTerminal(env: Env, columns: number): Promise<string> {
  const script = `stty cols ${columns}; awsmfa status; echo "exit $?"`;
  const terminal = shellOnTerminal(script, env);
  await terminal.until("exit ");
  await terminal.ended;
  return terminal.shown;
}

/** The same as the eye sees it, without the time of day. */
async function seen(text: string, columns: number): Promise<string> {
  const { lines, brokenLines } = await onScreen(text, columns);
  expect(brokenLines).toBe(0);
  return lines.join("\n").replace(/\b\d\d:\d\d\b/g, "hh:mm");
}

describe("on a terminal", () => {
  test("of 80 columns", async () => {
    await using lab = await stage();
    expect(await seen(await onTerminal(lab.env, 80), 80)).toMatchInlineSnapshot(`
      "  PROFILE  DEVICE   ACCOUNT       KIND  TIME LEFT                         UNTIL
      ● dev      phone    123456789012  MFA   ███████████████░░░░░  9 h 12 min  hh:mm
        old      phone    123456789012  MFA   ░░░░░░░░░░░░░░░░░░░░     expired  hh:mm
        prod     yubikey  210987654321  MFA   █░░░░░░░░░░░░░░░░░░░       4 min  hh:mm
        staging  phone    123456789012  MFA   █░░░░░░░░░░░░░░░░░░░      42 min  hh:mm

      Profile dev (active): session until hh:mm.
      exit 0
      "
    `);
  });

  test("of 40 columns", async () => {
    await using lab = await stage();
    expect(await seen(await onTerminal(lab.env, 40), 40)).toMatchInlineSnapshot(`
      "  PROFILE  DEVICE   TIME LEFT
      ● dev      phone    ██████░░  9 h 12 min
        old      phone    ░░░░░░░░     expired
        prod     yubikey  █░░░░░░░       4 min
        staging  phone    █░░░░░░░      42 min

      Profile dev (active): session until
        hh:mm.
      exit 0
      "
    `);
  });

  test("of an older kind: ASCII alone", async () => {
    await using lab = await stage();
    expect(await seen(await onTerminal({ ...lab.env, LC_ALL: "C" }, 60), 60))
      .toMatchInlineSnapshot(`
      "  PROFILE  DEVICE   ACCOUNT       TIME LEFT            UNTIL
      * dev      phone    123456789012  #####--  9 h 12 min  hh:mm
        old      phone    123456789012  -------     expired  hh:mm
        prod     yubikey  210987654321  #------       4 min  hh:mm
        staging  phone    123456789012  #------      42 min  hh:mm

      Profile dev (active): session until hh:mm.
      exit 0
      "
    `);
  });

  test("its own width counts, not COLUMNS", async () => {
    await using lab = await stage();
    const shown = await onTerminal({ ...lab.env, COLUMNS: "200" }, 40);
    expect((await onScreen(shown, 40)).brokenLines).toBe(0);
  });

  test("without a width it is taken for one of 80 columns", async () => {
    await using lab = await stage();
    expect(await seen(await onTerminal(lab.env, 0), 80)).toContain("UNTIL");
  });
});

describe("with roles", () => {
  const withRoles = async (): Promise<Lab & { env: Env }> => {
    const lab = await stage();
    plantRole(lab, ["deploy", "dev"], { left: 1820 });
    plantRole(lab, ["vault", "deploy", "dev"], { left: 2420 });
    plantRole(lab, ["admin", "dev"], { left: 1220 });
    plantRole(lab, ["lost", "gone", "dev"], { left: -60 });
    plantRole(lab, ["own"], { left: 90 });
    return lab;
  };

  test("on a terminal of 80 columns", async () => {
    await using lab = await withRoles();
    const env = { ...lab.env, AWS_PROFILE: "admin" };
    addRoles(lab, { admin: {} });
    expect(await seen(await onTerminal(env, 80), 80)).toMatchInlineSnapshot(`
      "  PROFILE    DEVICE   ACCOUNT       KIND  TIME LEFT                        UNTIL
        dev        phone    123456789012  MFA   ███████████████░░░░  9 h 12 min  hh:mm
      ● ├ admin    phone    123456789012  ROLE  ██████░░░░░░░░░░░░░      20 min  hh:mm
        └ deploy   phone    123456789012  ROLE  ██████████░░░░░░░░░      30 min  hh:mm
          └ vault  phone    123456789012  ROLE  █████████████░░░░░░      40 min  hh:mm
        lost       phone    123456789012  ROLE  ░░░░░░░░░░░░░░░░░░░     expired  hh:mm
        old        phone    123456789012  MFA   ░░░░░░░░░░░░░░░░░░░     expired  hh:mm
        own        phone    123456789012  ROLE  █░░░░░░░░░░░░░░░░░░       1 min  hh:mm
        prod       yubikey  210987654321  MFA   █░░░░░░░░░░░░░░░░░░       4 min  hh:mm
        staging    phone    123456789012  MFA   █░░░░░░░░░░░░░░░░░░      42 min  hh:mm

      Profile admin (active): session until hh:mm.
      exit 0
      "
    `);
  });

  test("of 40 columns", async () => {
    await using lab = await withRoles();
    addRoles(lab, { readonly: {} });
    const env = { ...lab.env, AWS_PROFILE: "readonly" };
    expect(await seen(await onTerminal(env, 40), 40)).toMatchInlineSnapshot(`
      "  PROFILE    DEVICE   TIME LEFT
      ● dev        phone    █████░  9 h 12 min
        ├ admin    phone    ██░░░░      20 min
        └ deploy   phone    ███░░░      30 min
          └ vault  phone    ████░░      40 min
        lost       phone    ░░░░░░     expired
        old        phone    ░░░░░░     expired
        own        phone    █░░░░░       1 min
        prod       yubikey  █░░░░░       4 min
        staging    phone    █░░░░░      42 min

      Profile readonly (active): no usable
        role session; the next aws command
        gets one with that of profile dev
        (until hh:mm).
      exit 0
      "
    `);
  });

  test("of an older kind: ASCII alone", async () => {
    await using lab = await withRoles();
    const shown = await onTerminal({ ...lab.env, LC_ALL: "C" }, 60);
    expect(shown).not.toMatch(/[^\0-\u007f]/);
    expect(await seen(shown, 60)).toMatchInlineSnapshot(`
      "  PROFILE      DEVICE   ACCOUNT       TIME LEFT
      * dev          phone    123456789012  ########--  9 h 12 min
        +- admin     phone    123456789012  ###-------      20 min
        \`- deploy    phone    123456789012  #####-----      30 min
           \`- vault  phone    123456789012  #######---      40 min
        lost         phone    123456789012  ----------     expired
        old          phone    123456789012  ----------     expired
        own          phone    123456789012  #---------       1 min
        prod         yubikey  210987654321  #---------       4 min
        staging      phone    123456789012  #---------      42 min

      Profile dev (active): session until hh:mm.
      exit 0
      "
    `);
  });
});

describe("colours", () => {
  test("tell how much time is left", async () => {
    await using lab = await stage();
    const shown = await onTerminal(lab.env, 80);
    const row = (profile: string): string =>
      shown.split("\r\n").find((line) => line.includes(profile)) ?? "";
    expect(row("dev")).toMatch(/\u001b\[32m█+\u001b\[39m.*\u001b\[32m9 h 12 min\u001b\[39m/);
    expect(row("dev")).toMatch(/^\u001b\[32m● \u001b\[39m\u001b\[1mdev/);
    expect(row("staging")).toMatch(/\u001b\[33m█+\u001b\[39m.*\u001b\[33m +42 min\u001b\[39m/);
    expect(row("prod")).toMatch(/\u001b\[31m█+\u001b\[39m.*\u001b\[31m +4 min\u001b\[39m/);
    expect(row("old")).toMatch(/^\u001b\[2m {2}old[^\u001b]*\u001b\[22m$/);
    expect(row("PROFILE")).toMatch(/^\u001b\[2m[^\u001b]*\u001b\[22m$/);
  });

  test.each<[title: string, more: Env]>([
    ["NO_COLOR=1", { NO_COLOR: "1" }],
    ["TERM=dumb", { TERM: "dumb" }],
  ])("not with %s", async (_title, more) => {
    await using lab = await stage();
    const shown = await onTerminal({ ...lab.env, ...more }, 80);
    expect(shown).toContain("█");
    expect(shown).not.toContain("\u001b");
  });

  test("still with an empty NO_COLOR", async () => {
    await using lab = await stage();
    expect(await onTerminal({ ...lab.env, NO_COLOR: "" }, 80)).toContain("\u001b[32m");
  });

  test.each<[title: string, more: Env]>([
    ["", {}],
    [", whatever other programs are told", { FORCE_COLOR: "1", CLICOLOR_FORCE: "1", CI: "1" }],
  ])("not in a pipe%s", async (_title, more) => {
    await using lab = await stage();
    const { stdout } = await runAwsmfa(["status"], { env: { ...lab.env, ...more } });
    expect(stdout).toContain("█");
    expect(stdout).not.toContain("\u001b");
  });
});

describe("in a pipe", () => {
  test.each<[columns: string | undefined, width: number]>([
    [undefined, 80],
    ["", 80],
    ["40", 40],
    ["150", 150],
    ["0", 80],
    ["many", 80],
    ["-5", 80],
  ])("COLUMNS=%s: %d columns", async (columns, width) => {
    await using lab = await stage();
    plant(lab, "a-profile-with-a-very-long-name-that-fills-whatever-it-gets".repeat(3), {});
    const env: Env = columns === undefined ? lab.env : { ...lab.env, COLUMNS: columns };
    const { stdout } = await runAwsmfa(["status"], { env });
    const widths = stdout.split("\n").map((line) => line.length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(width);
    expect(Math.max(...widths)).toBeGreaterThan(width - 8);
  });

  test("less than 20 columns are taken for 20", async () => {
    await using lab = await stage();
    const at = async (COLUMNS: string): Promise<string> =>
      (await runAwsmfa(["status"], { env: { ...lab.env, COLUMNS } })).stdout;
    expect(await at("1")).toBe(await at("20"));
  });

  const hostile = "a\u001b[2J\u009b5m\r\n\u202e日本語プロファイル".repeat(20);

  test.each([26, 33, 40, 57, 80, 132])("hostile names fit into %d columns", async (columns) => {
    await using lab = await stage();
    plant(lab, "hostile", { profile: hostile, serial: `arn:aws:iam::1:mfa/${hostile}` });
    for (let index = 0; index < 30; index++) plant(lab, `team-${index}`, { left: index * 999 });
    plantRole(lab, [hostile, "team-7"], { serial: `arn:aws:iam::1:mfa/${hostile}` });
    const env = { ...lab.env, COLUMNS: String(columns), AWS_PROFILE: hostile };
    const { code, stdout } = await runAwsmfa(["status"], { env });
    expect(code).toBe(1);
    expect(stdout.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(stdout.match(/team-\d+ /g)).toHaveLength(30);
    const { brokenLines } = await onScreen(stdout.replaceAll("\n", "\r\n"), columns);
    expect(brokenLines).toBe(0);
  });

  /** Whoever looks at it would switch the pipe to non-blocking, for all that share it. */
  const tellTale = `
    const { writeFileSync } = require("node:fs");
    Object.defineProperty(process, "stdout", {
      configurable: true,
      get: () => writeFileSync(process.env.HOME + "/looked", new Error().stack),
    });`;

  test.each([[[]], [["--json"]]])("%j: nobody looks at process.stdout", async (args) => {
    await using lab = await stage();
    const path = lab.write("tell-tale.cjs", tellTale);
    const env = { ...lab.env, NODE_OPTIONS: `--require=${path}` };
    const ended = await runAwsmfa(["status", ...args], { env });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(existsSync(join(lab.home, "looked"))).toBe(false);
  });
});
