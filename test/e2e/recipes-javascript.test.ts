import { chmodSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectWithPackage, type Project } from "../support/installed-package.ts";
import { alice, recipes, startRecipeHome } from "./recipe-home.ts";

const heading = "JavaScript and TypeScript";

/** Without the notices of the SDK, on Node 20, and of npm. */
const quiet = {
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  NPM_CONFIG_UPDATE_NOTIFIER: "false",
};

/** A program of somebody who knows nothing of awsmfa. */
const unchanged = `
const { STSClient, GetCallerIdentityCommand } = require("@aws-sdk/client-sts");
new STSClient().send(new GetCallerIdentityCommand()).then(({ Arn }) => console.log(Arn));
`;

let project: Project;
beforeAll(async () => {
  project = await projectWithPackage();
}, 240_000);
afterAll(() => project[Symbol.dispose]());

test("fromMfaSession", async () => {
  await using home = await startRecipeHome();
  const app = project.write("app.mjs", recipes(heading, "js")[0]!);
  const ended = await home.bash(`node ${app}\n`.repeat(2), quiet);
  expect(ended).toEqual({ code: 0, signal: null, stdout: `${alice}\n`.repeat(2), stderr: "" });
  expect(home.prompts()).toHaveLength(1);
});

test("awsmfa/register, another program standing in for cdk", async () => {
  await using home = await startRecipeHome();
  project.write(
    "app.mjs",
    `import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);${unchanged}`,
  );
  const cdk = project.write("node_modules/.bin/cdk", `#!/usr/bin/env node${unchanged}`);
  chmodSync(cdk, 0o755);
  const [lines = ""] = recipes(heading, "sh");
  const ended = await home.bash(`cd ${project.folder}\n${lines}`, quiet);
  expect(ended).toEqual({ code: 0, signal: null, stdout: `${alice}\n`.repeat(2), stderr: "" });
  expect(home.prompts()).toHaveLength(1);
});

test.each(["AWS_PROFILE=dev-mfa", "awsmfa serve --profile dev --"])(
  "%s, nothing being installed in the project",
  async (way) => {
    await using home = await startRecipeHome();
    const app = project.write("unchanged.cjs", unchanged);
    const ended = await home.bash(`${way} node ${app}`, quiet);
    expect(ended).toEqual({ code: 0, signal: null, stdout: `${alice}\n`, stderr: "" });
    expect(home.prompts()).toHaveLength(1);
  },
);
