import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { startLab } from "../support/lab.ts";
import { shellOnTerminal } from "../support/on-terminal.ts";

const prompt = "MFA code for phone (profile dev): ";

/** stdout goes to a file, so that what the terminal shows is what the prompt wrote. */
const listBuckets = 'awsmfa session s3 ls >"$HOME/out"; echo "status $?"';

test("the prompt stands on the terminal, stdout stays clean", async () => {
  await using lab = await startLab();
  const terminal = shellOnTerminal(listBuckets, lab.env);
  await terminal.until(prompt);
  const code = lab.sandbox.freshCode("alice");
  terminal.type(`${code}\r`);
  await terminal.until("status 0");
  expect(terminal.shown).toBe(`${prompt}${code}\r\nstatus 0\r\n`);
  expect(readFileSync(`${lab.home}/out`, "utf8")).toMatch(
    /^\S+ \S+ demo-invoices\n\S+ \S+ demo-photos\n$/,
  );
});

test("neither stdin, stdout nor stderr is the terminal's, and it still asks there", async () => {
  await using lab = await startLab();
  lab.fakeAws('cat; echo "ran $AWS_ACCESS_KEY_ID"');
  const script = `printf 'piped\\n' | awsmfa session x >"$HOME/out" 2>"$HOME/err"; echo "status $?"`;
  const terminal = shellOnTerminal(script, lab.env);
  await terminal.until(prompt);
  terminal.type(`${lab.sandbox.freshCode("alice")}\r`);
  await terminal.until("status 0");
  expect(readFileSync(`${lab.home}/out`, "utf8")).toMatch(/^piped\nran ASIA\w+\n$/);
  expect(readFileSync(`${lab.home}/err`, "utf8")).toBe("");
});

test("a wrong code is asked again, then the right one does", async () => {
  await using lab = await startLab();
  const terminal = shellOnTerminal(listBuckets, lab.env);
  await terminal.until(prompt);
  terminal.type(`${lab.sandbox.wrongCode("alice")}\r`);
  await terminal.until("wrong or already used: wait for the next code");
  await terminal.until(prompt);
  terminal.type(`${lab.sandbox.freshCode("alice")}\r`);
  await terminal.until("status 0");
  expect(readFileSync(`${lab.home}/out`, "utf8")).toContain("demo-photos");
});

test("the code of an earlier session is refused with the advice to wait", async () => {
  await using lab = await startLab();
  const used = lab.sandbox.freshCode("alice");
  await lab.signIn({ AWS_MFA_TOKEN: used });
  const again = shellOnTerminal(
    `rm -r "$HOME"/.aws/aws-mfa-secure-sessions; ${listBuckets}`,
    lab.env,
  );
  await again.until(prompt);
  again.type(`${used}\r`);
  await again.until("wrong or already used: wait for the next code");
  // The same one once more is not even sent.
  await again.until(prompt);
  again.type(`${used}\r`);
  await again.until("wrong or already used: wait for the next code");
  await again.until(prompt);
  again.type(`${lab.sandbox.freshCode("alice")}\r`);
  await again.until("status 0");
  const asked = lab.sandbox.calls.filter(({ operation }) => operation === "GetSessionToken");
  expect(asked.map(({ status }) => status)).toEqual([200, 403, 200]);
});

test("three wrong codes are enough: 254, and nothing is stored", async () => {
  await using lab = await startLab();
  lab.fakeAws("echo ran");
  const terminal = shellOnTerminal(listBuckets, lab.env);
  for (const code of ["000001", "000002", "000003"]) {
    await terminal.until(prompt);
    terminal.type(`${code}\r`);
  }
  await terminal.until("status 254");
  expect(terminal.shown).toMatch(/AccessDenied.*profile dev, key ….{4}, device phone/);
  expect(readFileSync(`${lab.home}/out`, "utf8")).toBe("");
  expect(existsSync(lab.store)).toBe(false);
});

test.each([
  ["letters", "abcdef"],
  ["too short", "12345"],
  ["too long", "1234567"],
  ["nothing", ""],
  ["other digits", "١٢٣٤٥٦"],
])("%s are asked again without calling STS", async (_name, typed) => {
  await using lab = await startLab();
  const terminal = shellOnTerminal(listBuckets, lab.env);
  await terminal.until(prompt);
  terminal.type(`${typed}\r`);
  await terminal.until("a code is six digits");
  await terminal.until(prompt);
  const code = lab.sandbox.freshCode("alice");
  terminal.type(`  ${code.slice(0, 3)} ${code.slice(3)} \r`);
  await terminal.until("status 0");
  const asked = lab.sandbox.calls.filter(({ operation }) => operation === "GetSessionToken");
  expect(asked).toHaveLength(1);
});

test("^C at the prompt: a new line, 130, nothing on stdout, nothing stored", async () => {
  await using lab = await startLab();
  lab.fakeAws("echo ran");
  // The trap keeps the script alive; the status is what `$?` says.
  const terminal = shellOnTerminal(`trap : INT; ${listBuckets}`, lab.env);
  await terminal.until(prompt);
  terminal.type("\x03");
  await terminal.until("status 130");
  expect(terminal.shown).toBe(`${prompt}^C\r\nstatus 130\r\n`);
  expect(readFileSync(`${lab.home}/out`, "utf8")).toBe("");
  expect(existsSync(lab.store)).toBe(false);
});

test.each([
  ["at once", "\x04"],
  ["after some digits", "12\x04\x04"],
])("the end of input (^D) %s: 253", async (_name, typed) => {
  await using lab = await startLab();
  const terminal = shellOnTerminal(listBuckets, lab.env);
  await terminal.until(prompt);
  terminal.type(typed);
  if (typed.length > 1) {
    await terminal.until(prompt);
    terminal.type("\x04");
  }
  await terminal.until("status 253");
});

test("^Z and fg at the prompt: it asks again and takes the code", async () => {
  await using lab = await startLab();
  const script = `set -m; ${listBuckets}; fg >/dev/null; echo "resumed $?"`;
  const terminal = shellOnTerminal(script, lab.env);
  await terminal.until(prompt);
  terminal.type("\x1a");
  await terminal.until("status 148");
  await terminal.until(prompt);
  terminal.type(`${lab.sandbox.freshCode("alice")}\r`);
  await terminal.until("resumed 0");
});

test("in the background of a terminal nothing is asked: 253, and it is not stopped", async () => {
  await using lab = await startLab();
  const script = 'set -m; awsmfa session s3 ls & wait $!; echo "status $?"';
  const terminal = shellOnTerminal(script, lab.env);
  await terminal.until("status 253");
  expect(terminal.shown).not.toContain(prompt);
});

test("a profile's name cannot draw on the terminal", async () => {
  await using lab = await startLab();
  lab.write(".aws/config", `[profile "e\x1b[31mvil"]\nmfa_serial = ${lab.serial}\n`);
  const { accessKeyId, secretAccessKey } = lab.sandbox.user("alice");
  lab.write(
    ".aws/credentials",
    `[e\x1b[31mvil]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
  );
  const terminal = shellOnTerminal(listBuckets, { ...lab.env, AWS_PROFILE: "e\x1b[31mvil" });
  await terminal.until("MFA code for phone (profile e?[31mvil): ");
  terminal.type("\x04");
  await terminal.until("status 253");
});
