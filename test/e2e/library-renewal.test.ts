import { describe, expect, test } from "vitest";
import { openCodeDesk } from "../support/code-desk.ts";
import { startLab } from "../support/lab.ts";
import { onTerminal } from "../support/on-terminal.ts";
import { plant } from "../support/plant.ts";
import { appEnv, runApp, sessionsAskedFor, writeApp } from "../support/sdk-app.ts";

const half = 43_200;

/** Calls the provider three times, and tells which session it got, or what was thrown. */
const callsThrice = `
  let asked = 0;
  const code = process.env.CODE;
  const provider = fromMfaSession({ mfaCodeProvider: MFA_CODE_PROVIDER });
  for (let call = 0; call < 3; call++) {
    const keys = await provider().catch((error) => error);
    tell(keys.code ?? (keys.accessKeyId?.startsWith("ASIAPLANTED") ? "old" : keys.accessKeyId ? "new" : keys.message));
  }
  tell(asked);`;

interface Row {
  readonly title: string;
  /** Seconds that the stored session has left, of twelve hours. */
  readonly left: number;
  /** Who is asked: an expression of a function; nobody where it is left out. */
  readonly asks?: string;
  readonly told: readonly unknown[];
  readonly stderr?: RegExp;
}

const gaveNone =
  /^awsmfa: the program gave no code\.\n {2}The session that is there goes on until \S+Z\.\n$/;
const goesOn = /did not accept that code.*\n {2}The session that is there goes on until \S+Z\.\n$/;
const gives = "async () => (asked++, code)";
const throws = "async () => { asked++; throw new Error('window closed'); }";
const wrong = "async () => (asked++, process.env.WRONG)";

// prettier-ignore
const rows: readonly Row[] = [
  { title: "has time left", left: 960, asks: gives, told: ["old", "old", "old", 0] },
  { title: "is near its end", left: 840, asks: gives, told: ["new", "new", "new", 1] },
  { title: "is near its end, and nobody can be asked", left: 840, told: ["old", "old", "old", 0] },
  { title: "is near its end, and whoever is asked throws", left: 840, asks: throws, told: ["old", "old", "old", 1], stderr: gaveNone },
  { title: "is near its end, and the codes are wrong", left: 840, asks: wrong, told: ["old", "old", "old", 3], stderr: goesOn },
  // That is when a client of the SDK asks.
  { title: "has four minutes left", left: 240, asks: gives, told: ["new", "new", "new", 1] },
  { title: "has four minutes left, and nobody can be asked", left: 240, told: ["old", "old", "old", 0] },
  { title: "has four minutes left, and whoever is asked throws", left: 240, asks: throws, told: ["old", "old", "old", 1], stderr: gaveNone },
  { title: "is as good as over", left: 50, asks: gives, told: ["new", "new", "new", 1] },
  { title: "is as good as over, and nobody can be asked", left: 50, told: ["NoCode", "NoCode", "NoCode", 0] },
  { title: "is as good as over, and whoever is asked throws", left: 50, asks: throws, told: ["window closed", "window closed", "window closed", 3] },
];

describe("a session that", () => {
  test.each(rows.map((row) => [row.title, row] as const))("%s", async (_title, row) => {
    await using lab = await startLab();
    const { left, asks = "undefined", told, stderr = /^$/ } = row;
    plant(lab, "dev", { left, age: half - left });
    const env = {
      AWS_MFA_PROMPT: "none",
      CODE: lab.sandbox.freshCode("alice"),
      WRONG: lab.sandbox.wrongCode("alice"),
    };
    const ended = await runApp(lab, callsThrice.replace("MFA_CODE_PROVIDER", asks), env);
    expect(ended).toMatchObject({ code: 0, told });
    expect(ended.stderr).toMatch(stderr);
  });
});

test("a client gets a new one before the old one ends, by whatever way the command line has", async () => {
  await using lab = await startLab();
  await using desk = await openCodeDesk(lab);
  plant(lab, "dev", { left: 840 });
  const body = `tell(await whoAmI(new STSClient({ credentials: fromMfaSession() })));`;
  const ended = await runApp(lab, body, { AWS_MFA_PROCESS: desk.program });
  const { arn } = lab.sandbox.user("alice");
  expect(ended).toMatchObject({ code: 0, stderr: "", told: [arn] });
  expect([desk.asked, sessionsAskedFor(lab)]).toEqual([1, 1]);
});

test("on a terminal: one that wants no new one now is not asked at every call", async () => {
  await using lab = await startLab();
  plant(lab, "dev", { left: 240, age: half - 240 });
  const body = `
    const provider = fromMfaSession();
    for (let call = 0; call < 5; call++) {
      tell((await provider()).accessKeyId.slice(0, 11));
    }`;
  const terminal = onTerminal(process.execPath, [writeApp(lab, body)], appEnv(lab));
  await terminal.until("MFA code for phone (profile dev): ");
  // The end of input.
  terminal.type("\u0004");
  expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 });
  expect(terminal.shown.match(/MFA code for phone \(profile dev\): /g)).toHaveLength(1);
  expect(terminal.shown.match(/"ASIAPLANTED"/g)).toHaveLength(5);
  expect(terminal.shown).toContain("The session that is there goes on until ");
});

test("^C instead of a code for a new one is told to a program that listens, which goes on with the old one", async () => {
  await using lab = await startLab();
  plant(lab, "dev", { left: 840 });
  const body = `
    process.on("SIGINT", () => undefined);
    const provider = fromMfaSession();
    tell(await provider().catch(({ code }) => code));
    tell((await provider()).accessKeyId.slice(0, 11));
    process.exit();`;
  const terminal = onTerminal(process.execPath, [writeApp(lab, body)], appEnv(lab));
  await terminal.until("MFA code for phone (profile dev): ");
  terminal.type("\u0003");
  await terminal.until('"Interrupted"\r\n"ASIAPLANTED"\r\n');
  expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 });
});

test("AWS_MFA_TOKEN is sent once, however long the program runs", async () => {
  await using lab = await startLab({ sessionSeconds: 2 });
  const body = `
    const provider = fromMfaSession();
    await provider();
    await sleep(2100);
    tell(told(await provider().catch((error) => error)).code);`;
  const code = lab.sandbox.freshCode("alice");
  const ended = await runApp(lab, body, { AWS_MFA_TOKEN: code, AWS_MFA_PROMPT: "none" });
  expect(ended).toMatchObject({ code: 0, stderr: "", told: ["NoCode"] });
  expect(sessionsAskedFor(lab)).toBe(1);
});
