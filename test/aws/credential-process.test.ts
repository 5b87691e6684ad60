import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runCredentialProcess } from "../../src/aws/credential-process.ts";
import { isAwsmfaError } from "../../src/core/errors.ts";

const folder = mkdtempSync(join(tmpdir(), "awsmfa process "));
afterAll(() => rmSync(folder, { recursive: true }));

const env = { PATH: "/usr/bin:/bin", HOME: folder };
const secret = "tops3cret/KEY+0";
const keys = { Version: 1, AccessKeyId: "AKIAEXAMPLE", SecretAccessKey: secret };

let files = 0;

/** A command that prints the text. */
function printing(text: string): string {
  const file = join(folder, `output ${files++}`);
  writeFileSync(file, text);
  return `cat "${file}"`;
}

/** A command that runs the shell script. */
function script(text: string): string {
  const file = join(folder, `script ${files++}`);
  writeFileSync(file, `#!/bin/bash\n${text}\n`);
  chmodSync(file, 0o755);
  return `"${file}"`;
}

const longTerm = {
  accessKeyId: "AKIAEXAMPLE",
  secretAccessKey: secret,
  sessionToken: undefined,
};

test.each<[name: string, command: string, sessionToken: string | undefined]>([
  ["long-term keys", printing(JSON.stringify(keys)), undefined],
  ["temporary keys", printing(JSON.stringify({ ...keys, SessionToken: "token" })), "token"],
  ["an empty token is none", printing(JSON.stringify({ ...keys, SessionToken: "" })), undefined],
  ["a token of null is none", printing(JSON.stringify({ ...keys, SessionToken: null })), undefined],
  [
    "more than is asked for",
    printing(JSON.stringify({ ...keys, AccountId: "1", x: [] })),
    undefined,
  ],
  ["spaces and lines around", printing(`\n ${JSON.stringify(keys, null, 2)}\n\n`), undefined],
  ["1.0 is 1", printing(JSON.stringify(keys).replace(":1,", ":1.0,")), undefined],
  [
    "a long token",
    printing(JSON.stringify({ ...keys, SessionToken: "t".repeat(4096) })),
    "t".repeat(4096),
  ],
  ["noise on stderr", script(`echo '${JSON.stringify(keys)}'; echo noise >&2`), undefined],
])("%s", async (_name, command, sessionToken) => {
  expect(await runCredentialProcess(command, { env })).toEqual({ ...longTerm, sessionToken });
});

test.each<[name: string, command: string, says: string]>([
  ["nothing printed", "true", "printed something that is not JSON"],
  ["half an answer", printing(JSON.stringify(keys).slice(0, -1)), "is not JSON"],
  ["keys as text", printing(`export AWS_SECRET_ACCESS_KEY=${secret}`), "is not JSON"],
  ["two answers", printing(JSON.stringify(keys).repeat(2)), "is not JSON"],
  ["null", printing("null"), "is not JSON"],
  ["a text", printing(JSON.stringify(secret)), "is not JSON"],
  ["a list", printing(JSON.stringify([keys])), 'without "Version": 1'],
  ["no version", printing(JSON.stringify({ ...keys, Version: undefined })), 'without "Version": 1'],
  ["version 2", printing(JSON.stringify({ ...keys, Version: 2 })), 'without "Version": 1'],
  ["version as text", printing(JSON.stringify({ ...keys, Version: "1" })), 'without "Version": 1'],
  [
    "no key id",
    printing(JSON.stringify({ ...keys, AccessKeyId: undefined })),
    "printed no AccessKeyId",
  ],
  [
    "an empty key id",
    printing(JSON.stringify({ ...keys, AccessKeyId: "" })),
    "printed no AccessKeyId",
  ],
  [
    "a key id of 1",
    printing(JSON.stringify({ ...keys, AccessKeyId: 1 })),
    "printed no AccessKeyId",
  ],
  [
    "no secret",
    printing(JSON.stringify({ ...keys, SecretAccessKey: null })),
    "printed no AccessKeyId",
  ],
  [
    "an empty secret",
    printing(JSON.stringify({ ...keys, SecretAccessKey: "" })),
    "printed no AccessKeyId",
  ],
  [
    "it fails",
    script(`echo '${JSON.stringify(keys)}'; echo ${secret} >&2; exit 4`),
    "failed (exit status 4)",
  ],
  ["it is killed", script("kill -KILL $$"), "failed (SIGKILL)"],
  ["it prints for ever", "yes", "failed (it prints without end)"],
  ["it is not there", "/nonexistent/program", "failed (ENOENT)"],
  ["it is a folder", `"${folder}"`, "failed (EACCES)"],
  ["it holds a zero byte", `echo ${secret}\0`, "failed (ERR_INVALID_ARG_VALUE)"],
  ["an unclosed quote", `echo "${secret}`, "is not a command"],
  ["an empty word", '""', "is not a command"],
  ["only spaces", "  ", "is not a command"],
])("%s: 253, and no secret in it", async (_name, command, says) => {
  const error: unknown = await runCredentialProcess(command, { env }).catch(
    (caught: unknown) => caught,
  );
  if (!isAwsmfaError(error)) throw new Error(`Not one of ours: ${String(error)}`);
  expect(error).toMatchObject({ code: "CredentialProcess", exitCode: 253 });
  expect(error.message).toMatch(/^the profile's credential_process .*\.$/);
  expect(error.message).toContain(says);
  expect(error.hint).toContain("Run it by hand");
  expect(`${error.message}${error.hint}${error.stack}`).not.toContain(secret);
  expect(error.cause).toBeUndefined();
});

test("a status that awsmfa has, too: it may be a circle", async () => {
  await expect(runCredentialProcess(script("exit 253"), { env })).rejects.toMatchObject({
    message: "the profile's credential_process failed (exit status 253).",
    hint: expect.stringContaining("let that name another profile than this one"),
  });
});

/** Prints its arguments as the secret, one in a pair of brackets each. */
const argumentsAsSecret = script(
  `printf '{"Version": 1, "AccessKeyId": "A", "SecretAccessKey": "'; printf '[%s]' "$@"; echo '"}'`,
);

test.each([
  ["a b", "[a][b]"],
  ["'a b' \"c d\"", "[a b][c d]"],
  [String.raw`a\ b`, "[a b]"],
  ["a''b", "[ab]"],
  ["'' b", "[][b]"],
  ["$HOME ~ * `x`", "[$HOME][~][*][`x`]"],
  ["a;b && c | d > e # f", "[a;b][&&][c][|][d][>][e][#][f]"],
])("%s are the words %s, and no shell sees them", async (words, expected) => {
  const { secretAccessKey } = await runCredentialProcess(`${argumentsAsSecret} ${words}`, { env });
  expect(secretAccessKey).toBe(expected);
});

test("it has our environment, and a name is looked for on its PATH", async () => {
  writeFileSync(
    join(folder, "give-keys"),
    `#!/bin/bash\necho '{"Version": 1, "AccessKeyId": "A", "SecretAccessKey": "'$OF'"}'\n`,
    { mode: 0o755 },
  );
  const more = { ...env, PATH: `${folder}:${env.PATH}`, OF: "hers" };
  expect(await runCredentialProcess("give-keys", { env: more })).toMatchObject({
    secretAccessKey: "hers",
  });
});

test("it leaves no listener behind", async () => {
  for (let call = 0; call < 12; call++)
    await runCredentialProcess(printing(JSON.stringify(keys)), { env });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    expect(process.listenerCount(signal)).toBe(0);
});
