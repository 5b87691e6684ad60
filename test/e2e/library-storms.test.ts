import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openCodeDesk } from "../support/code-desk.ts";
import { startLab } from "../support/lab.ts";
import { runAwsmfa } from "../support/run.ts";
import { runApp, sessionsAskedFor } from "../support/sdk-app.ts";

const clockAhead = join(import.meta.dirname, "../fixtures/clock-ahead.cjs");

/** Ten calls of clients that are made anew for each, one after the other; tells how they went. */
const tenCalls = `
  const provider = fromMfaSession();
  for (let call = 0; call < 10; call++) {
    const client = new STSClient({ credentials: call % 2 ? provider : fromMfaSession() });
    tell(await whoAmI(client).then(() => "well", ({ code }) => code));
  }`;

describe("a program whose calls go on is asked once, and not at each of them", () => {
  test("where nobody gives a code", async () => {
    await using lab = await startLab();
    await using desk = await openCodeDesk(lab, () => "");
    const prompt = { AWS_MFA_PROMPT: "askpass", AWS_MFA_ASKPASS: desk.program };
    const { told } = await runApp(lab, tenCalls, prompt);
    expect(told).toEqual(Array(10).fill("NoCode"));
    expect(desk.asked).toBe(1);
  });

  test("where the code is wrong", async () => {
    await using lab = await startLab();
    await using desk = await openCodeDesk(lab, () => "000000");
    const { told } = await runApp(lab, tenCalls, {
      AWS_MFA_PROCESS: desk.program,
      AWS_MFA_PROMPT: "none",
    });
    expect(told).toEqual(Array(10).fill("WrongCode"));
    expect(desk.asked).toBe(1);
  });

  test("where the session cannot be stored", async () => {
    await using lab = await startLab();
    await using desk = await openCodeDesk(lab);
    // A file stands where the folder should be.
    lab.write(".aws/aws-mfa-secure-sessions", "");
    const { told } = await runApp(lab, tenCalls, { AWS_MFA_PROCESS: desk.program });
    expect(told).toEqual(Array(10).fill("well"));
    expect([desk.asked, sessionsAskedFor(lab)]).toEqual([1, 1]);
  });

  test("where the clock is so far ahead that every session is over", async () => {
    await using lab = await startLab();
    await using desk = await openCodeDesk(lab);
    const ahead = {
      CLOCK_FILE: lab.write("clock", String(13 * 3_600_000)),
      NODE_OPTIONS: `--require ${clockAhead}`,
    };
    const { told } = await runApp(lab, tenCalls, { AWS_MFA_PROCESS: desk.program, ...ahead });
    expect(told).toEqual(Array(10).fill("well"));
    expect(desk.asked).toBe(1);
  });
});

test("a session that another program got is taken, whatever failed before", async () => {
  await using lab = await startLab();
  const body = `
    const provider = fromMfaSession();
    tell(await provider().catch(({ code }) => code));
    require("node:fs").writeFileSync(process.env.HOME + "/failed", "");
    while (!require("node:fs").existsSync(process.env.HOME + "/signed-in")) await sleep(50);
    tell(typeof (await provider()).sessionToken);`;
  const program = runApp(lab, body, { AWS_MFA_PROMPT: "none" });
  const { existsSync } = await import("node:fs");
  await expect.poll(() => existsSync(`${lab.home}/failed`), { timeout: 20_000 }).toBe(true);
  await lab.signIn();
  lab.write("signed-in", "");
  expect((await program).told).toEqual(["NoCode", "string"]);
});

test("what one provider's program says of codes is no answer to another one", async () => {
  await using lab = await startLab();
  const body = `
    const cancels = fromMfaSession({ mfaCodeProvider: async () => { await sleep(200); throw new Error("cancelled"); } });
    const answers = fromMfaSession({ mfaCodeProvider: async () => process.env.CODE });
    const [one, other] = await Promise.allSettled([cancels(), answers()]);
    tell([one.reason?.message, typeof other.value?.sessionToken]);`;
  const { told } = await runApp(lab, body, { CODE: lab.sandbox.freshCode("alice") });
  expect(told).toEqual([["cancelled", "string"]]);
});

describe("what is no option is refused at the call, and not found out by whom it acts as", () => {
  // prettier-ignore
  test.each<[given: string, message: RegExp]>([
    ['"dev"', /takes an object, such as \{ profile: "dev" \}/],
    ['["dev"]', /takes an object/],
    ["null", /takes an object/],
    ['{ profle: "dev" }', /has no option profle: it takes profile, /],
    ['{ mfaCodeProvider: "123456" }', /option mfaCodeProvider of fromMfaSession takes a function/],
    ["{ profile: 7 }", /option profile of fromMfaSession takes a string/],
    ['{ __proto__: null, toString: "x" }', /has no option toString/],
  ])("%s", async (given, message) => {
    await using lab = await startLab();
    const body = `
      try { fromMfaSession(${given}); tell("taken"); } catch (error) { tell([error.name, error.message]); }`;
    const { told } = await runApp(lab, body);
    expect(told).toEqual([["TypeError", expect.stringMatching(message)]]);
  });
});

test("a program for codes that is written in Node.js is not registered itself", async () => {
  await using lab = await startLab();
  await using desk = await openCodeDesk(lab);
  const program = `${process.execPath} -e 'require("child_process").execFileSync("${desk.program}", { stdio: "inherit" })'`;
  const register = join(import.meta.dirname, "../../dist/register.cjs");
  const env = {
    ...lab.fakeAws("echo ran"),
    AWS_MFA_PROCESS: program,
    AWS_MFA_LOCK_TIMEOUT: "2",
    NODE_OPTIONS: `--require ${register}`,
  };
  expect(await runAwsmfa(["session", "s3", "ls"], { env })).toEqual({
    code: 0,
    signal: null,
    stdout: "ran\n",
    stderr: "",
  });
  expect(desk.asked).toBe(1);
});
