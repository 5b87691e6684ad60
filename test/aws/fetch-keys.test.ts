import { expect, test } from "vitest";
import { fetchKeys } from "../../src/aws/fetch-keys.ts";
import { isAwsmfaError } from "../../src/core/errors.ts";

const env = { PATH: "/usr/bin:/bin", OF: "hers" };
const command = (more: string): string =>
  `sh -c 'printf "{\\"Version\\":1,\\"AccessKeyId\\":\\"AKIAP\\",\\"SecretAccessKey\\":\\"$OF\\"${more}}"'`;
const token = ',\\"SessionToken\\":\\"token\\"';

test("long-term keys are taken as they are", async () => {
  const base = { kind: "long-term", accessKeyId: "AKIA", secretAccessKey: "s3cret" } as const;
  expect(await fetchKeys(base, { env: {} })).toEqual({
    accessKeyId: "AKIA",
    secretAccessKey: "s3cret",
    sessionToken: undefined,
  });
});

test.each<[name: string, more: string, sessionToken: string | undefined]>([
  ["long-term", "", undefined],
  ["temporary", token, "token"],
])("a process gives %s ones", async (_name, more, sessionToken) => {
  const keys = await fetchKeys({ kind: "process", command: command(more) }, { env });
  expect(keys).toEqual({ accessKeyId: "AKIAP", secretAccessKey: "hers", sessionToken });
});

test("a process that gives none is an error of 253", async () => {
  const caught: unknown = await fetchKeys({ kind: "process", command: "false" }, { env }).catch(
    (error: unknown) => error,
  );
  expect(isAwsmfaError(caught) && caught).toMatchObject({
    code: "CredentialProcess",
    exitCode: 253,
  });
});
