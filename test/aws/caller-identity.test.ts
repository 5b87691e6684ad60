import { expect, test } from "vitest";
import { getCallerIdentity } from "../../src/aws/sts.ts";
import { startSandbox, type AccessKeyPair, type Sandbox } from "../../src/sandbox/sandbox.ts";

const nobody = { accessKeyId: "AKIAABCDEFGHIJKLMNOP", secretAccessKey: "s".repeat(40) };

function ask({ url }: Pick<Sandbox, "url">, keys: AccessKeyPair) {
  const sts = { region: "us-east-1", endpointUrl: url, caBundle: undefined };
  return getCallerIdentity({ keys: { ...keys, sessionToken: undefined }, sts, env: {} });
}

test("says whose keys they are", async () => {
  const sandbox = await startSandbox();
  expect(await ask(sandbox, sandbox.user("alice"))).toEqual({
    kind: "identity",
    account: "123456789012",
    arn: "arn:aws:iam::123456789012:user/alice",
  });
  await sandbox.close();
});

test.each<[name: string, keys: (alice: AccessKeyPair) => AccessKeyPair, code: string]>([
  ["keys that AWS does not know", () => nobody, "InvalidClientTokenId"],
  [
    "a secret of other keys",
    ({ accessKeyId }) => ({ ...nobody, accessKeyId }),
    "SignatureDoesNotMatch",
  ],
])("%s: %s", async (_name, keys, code) => {
  const sandbox = await startSandbox();
  const answer = await ask(sandbox, keys(sandbox.user("alice")));
  expect(answer).toMatchObject({ kind: "rejected", rejection: { code, status: 403 } });
  expect(sandbox.calls).toHaveLength(1);
  await sandbox.close();
});

test("nobody there: the network's word", async () => {
  const answer = await ask({ url: "http://127.0.0.1:1" }, nobody);
  expect(answer).toMatchObject({ rejection: { code: "ECONNREFUSED", status: undefined } });
});

test("an answer that is not AWS's, and faults that pass", async () => {
  const sandbox = await startSandbox();
  const alice = sandbox.user("alice");
  sandbox.trouble.fail({ status: 200, body: "<html></html>" });
  expect(await ask(sandbox, alice)).toMatchObject({ rejection: { code: "UnexpectedAnswer" } });
  sandbox.trouble.fail({ status: 500, times: 2 });
  expect(await ask(sandbox, alice)).toMatchObject({ kind: "identity" });
  await sandbox.close();
});
