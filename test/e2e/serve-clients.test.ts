import { join } from "node:path";
import { expect, test } from "vitest";
import { awsCommands, python } from "../support/commands.ts";
import { keysSection } from "../support/lab.ts";
import { startServeHome, type ServeHome, type Serving } from "./serve-home.ts";

const root = join(import.meta.dirname, "../..");

/** What programs of others say of themselves: an access key id, once or again and again. */
const boto3 = `
import boto3, sys, time
sts, session = boto3.client("sts"), boto3.Session()
end = time.time() + float(sys.argv[1])
while True:
    sts.get_caller_identity()
    if time.time() > end: break
    time.sleep(0.2)
print(session.get_credentials().method)
`;

const javascript = `
const { createRequire } = require("node:module");
const { STSClient, GetCallerIdentityCommand } = createRequire("${root}/")("@aws-sdk/client-sts");
(async () => {
  const sts = new STSClient({ retryMode: "standard" });
  const end = Date.now() + 1000 * Number(process.argv[1]);
  do {
    await sts.send(new GetCallerIdentityCommand({}));
    await new Promise((resolve) => setTimeout(resolve, 200));
  } while (Date.now() < end);
})();
`;

/** What runs each client for so many seconds; all of them call AWS at least once. */
const clients: Record<string, (home: ServeHome, seconds: number) => string[]> = {
  boto3: (_home, seconds) => [python, "-c", boto3, `${seconds}`],
  "the SDK for JavaScript": (_home, seconds) => [process.execPath, "-e", javascript, `${seconds}`],
};
for (const { path, version } of awsCommands) {
  clients[`aws ${version}`] = ({ sandbox }, seconds) => {
    const call = `'${path}' --endpoint-url ${sandbox.url} sts get-caller-identity || exit`;
    const loop = `end=$(($(date +%s) + ${seconds})); while ${call}; [ $(date +%s) -lt $end ]; do :; done`;
    return ["/bin/sh", "-c", loop];
  };
}

/** Ends well, every call of the clients with a session that was got with MFA. */
async function expectSessions(home: ServeHome, serving: Serving): Promise<string[]> {
  expect(await serving.ended, serving.stderr).toBe(0);
  const own = home.sandbox.calls.filter(({ operation }) => operation === "GetCallerIdentity");
  expect(own.length).toBeGreaterThan(0);
  expect(own.filter(({ mfa, status }) => !mfa || status !== 200)).toEqual([]);
  expect(serving.stderr.replace(/^.*(Warning|warn).*$/gm, "")).not.toMatch(/awsmfa:|rror/);
  return [...new Set(own.map(({ accessKeyId }) => accessKeyId!))];
}

const wrong = { accessKeyId: "AKIAWRONG", secretAccessKey: "wrong" };
const wrongKeys = keysSection("default", wrong);

// prettier-ignore
const surroundings: [what: string, config: string, credentials: string, env: Record<string, string>][] = [
  ["variables that name a profile, keys, and endpoints of others", "", "", {
    AWS_PROFILE: "dev",
    AWS_ACCESS_KEY_ID: "AKIAWRONG",
    AWS_SECRET_ACCESS_KEY: "wrong",
    AWS_SECURITY_TOKEN: "x",
    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/x",
    AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: "/nowhere",
    AWS_WEB_IDENTITY_TOKEN_FILE: "/nowhere",
    AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/x",
  }],
  ["keys in [default] of the credentials file", "", wrongKeys, {}],
  ["keys in [default] of the config file", wrongKeys, "", {}],
  ["a process in [default]", "[default]\ncredential_process = false\n", "", {}],
  ["a role in [default]", "[default]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = dev\n", "", {}],
];

test.concurrent.each(Object.keys(clients))(
  "%s gets the session, whatever else there is",
  async (name) => {
    await using home = await startServeHome();
    await home.signIn();
    const config = home.write("config", "");
    for (const [what, more, credentials, env] of surroundings) {
      home.write(
        "config",
        `[profile dev]\nregion = us-east-1\nmfa_serial = ${home.user.serial}\n${more}`,
      );
      home.write(".aws/credentials", keysSection("dev", home.user) + credentials);
      const files = { AWS_CONFIG_FILE: config };
      const args = ["--profile", "dev", "--", ...clients[name]!(home, 0)];
      const serving = home.serve(args, { ...files, ...env });
      const ended = await serving.ended;
      expect([what, ended, ended === 0 ? "" : serving.stderr]).toEqual([what, 0, ""]);
    }
    const calls = home.sandbox.calls.filter(({ operation }) => operation === "GetCallerIdentity");
    expect(calls.length).toBeGreaterThanOrEqual(surroundings.length);
    expect(calls.filter(({ mfa }) => !mfa)).toEqual([]);
    expect(home.prompts()).toHaveLength(1);
  },
);

test.concurrent.each(Object.keys(clients))("%s goes on beyond two ends", async (name) => {
  await using home = await startServeHome({ sessionSeconds: 6 });
  const serving = home.serve(["--profile", "dev", "--", ...clients[name]!(home, 13)]);
  const sessions = await expectSessions(home, serving);
  expect(sessions.length).toBeGreaterThanOrEqual(3);
  // One may have been got that was not used any more.
  expect(home.prompts().length - sessions.length).toBeOneOf([0, 1]);
});
