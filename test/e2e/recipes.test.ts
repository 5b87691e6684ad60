import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { awsCommands, awsmfa } from "../support/commands.ts";
import { onTerminal, shellOnTerminal } from "../support/on-terminal.ts";
import { blocksOf } from "../support/readme.ts";
import { changeStored, lasting } from "../support/stored.ts";
import { alice, page, recipes, startRecipeHome, type RecipeHome } from "./recipe-home.ts";

const whoAmI = "aws sts get-caller-identity --query Arn --output text";

/** Has run to its end and printed that, for one code. */
async function expectDone(home: RecipeHome, lines: string, stdout: string): Promise<void> {
  const ended = await home.bash(lines);
  expect(ended).toEqual({ code: 0, signal: null, stderr: "", stdout });
  expect(home.prompts()).toHaveLength(1);
}

test("the page has no recipe that nobody runs", () => {
  const languages = ["console", "sh", "python", "ruby", "js", "hcl"] as const;
  const counts = languages.map((language) => [language, blocksOf(page, language).length]);
  // Here and in the files beside this one; Terraform by hand, as the page says.
  const known = { console: 1, sh: 16, python: 1, ruby: 1, js: 1, hcl: 1 };
  expect(Object.fromEntries(counts)).toEqual(known);
});

test("a profile whose keys awsmfa supplies, as the page has it", async () => {
  await using home = await startRecipeHome();
  home.write(
    ".aws/config",
    `[profile dev]\nregion = eu-central-1\nmfa_serial = arn:aws:iam::1:mfa/x\n`,
  );
  const [shown = ""] = recipes("credential_process", "console");
  const line = shown.split("\n")[0]!.replace("$ ", "");
  const terminal = shellOnTerminal(line, home.env);
  await terminal.until("[y/N] ");
  terminal.type("y\r");
  await terminal.ended;
  const asOnPage = terminal.shown
    .replaceAll(/\r+\n/g, "\n")
    // The line editor draws the question anew.
    .replaceAll(/\u001b\[\d*[A-Z]/g, "")
    .replace(home.home, "/home/alice")
    .replace(`${process.execPath} ${awsmfa}`, "/usr/bin/node /usr/bin/awsmfa");
  expect(`$ ${line}\n${asOnPage}`).toBe(shown);
  expect(readFileSync(join(home.home, ".aws/config"), "utf8")).toContain("[profile dev-mfa]\n");
});

describe.each(awsCommands)("AWS CLI $version", ({ path }) => {
  test("through the alias, and by dev-mfa", async () => {
    await using home = await startRecipeHome({}, path);
    const ended = await home.bash(recipes("AWS CLI", "sh").join(""));
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout.match(/demo-photos/g)).toHaveLength(2);
    expect(home.prompts()).toHaveLength(1);
  });
});

test("boto3, both ways", async () => {
  await using home = await startRecipeHome();
  const [program = ""] = recipes("Python: boto3", "python");
  home.write("app.py", home.atSandbox(program));
  const [lines = ""] = recipes("Python: boto3", "sh");
  await expectDone(home, lines, `${alice}\n`.repeat(2));
});

describe("Ruby", () => {
  test("with and without a session", async () => {
    await using home = await startRecipeHome();
    const [program = ""] = recipes("Ruby", "ruby");
    home.write("app.rb", home.atSandbox(program));
    const [line = ""] = recipes("Ruby", "sh");
    await expectDone(home, line.repeat(2), `${alice}\n`.repeat(2));
  });

  test("a program that goes on has another session when the first one nears its end", async () => {
    // In the last five minutes the SDK asks again for each call.
    await using home = await startRecipeHome({ sessionSeconds: 290 });
    const loop = `require "aws-sdk-core"
      sts = Aws::STS::Client.new
      2.times { puts "#{sts.get_caller_identity.arn} by #{sts.config.credentials.credentials.access_key_id}."; gets }`;
    const app = home.write("app.rb", home.atSandbox(loop));
    const terminal = onTerminal("/usr/bin/ruby", [app], { ...home.env, AWS_PROFILE: "dev-mfa" });
    await terminal.until(".");
    changeStored(home, "dev", lasting(230, 60));
    terminal.type("\r");
    await terminal.until(".");
    terminal.type("\r");
    expect(await terminal.ended).toMatchObject({ exitCode: 0 });
    const given = terminal.shown.match(/user\/alice by ASIA\w+/g);
    expect(new Set(given).size).toBe(2);
    expect(home.prompts()).toHaveLength(2);
  });
});

describe("programs in Go", () => {
  test("rclone, both ways", async () => {
    await using home = await startRecipeHome();
    const lines = recipes("Terraform, OpenTofu and other programs in Go", "sh")[1] ?? "";
    const ended = await home.bash(lines, {
      RCLONE_CONFIG: "/dev/null",
      RCLONE_S3_ENDPOINT: home.sandbox.url,
      RCLONE_S3_FORCE_PATH_STYLE: "true",
    });
    expect(ended.stdout.match(/demo-photos/g)).toHaveLength(2);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(home.prompts()).toHaveLength(1);
  });

  test("rclone is given no other keys, by whatever names Go knows them", async () => {
    await using home = await startRecipeHome();
    const line = "awsmfa serve --profile dev -- rclone lsd :s3,provider=AWS,env_auth:";
    const ended = await home.bash(line, {
      AWS_ACCESS_KEY: "AKIAOTHER",
      AWS_SECRET_KEY: "secret-of-other",
      RCLONE_CONFIG: "/dev/null",
      RCLONE_S3_ENDPOINT: home.sandbox.url,
      RCLONE_S3_FORCE_PATH_STYLE: "true",
    });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toContain("demo-photos");
  });
});

describe("where another program stands in for terraform", () => {
  const rows = [
    ["One program that ends", "none"],
    ["Terraform, OpenTofu and other programs in Go", "dev-mfa"],
  ] as const;

  test.each(rows)("%s", async (heading, profile) => {
    await using home = await startRecipeHome();
    home.program("bin/terraform", `echo "$1 as \${AWS_PROFILE-none}"; ${whoAmI}`);
    await expectDone(home, recipes(heading, "sh")[0]!, `plan as ${profile}\n${alice}\n`);
  });
});

describe("serve", () => {
  const [beside = "", alone = "", toFile = "", fromFile = ""] = recipes("serve", "sh");

  test("beside a command", async () => {
    await using home = await startRecipeHome();
    home.write("worker.py", home.atSandbox(recipes("Python: boto3", "python")[0]!));
    await expectDone(home, beside, `${alice}\n`);
  });

  test("without one: in another terminal, until ^C", async () => {
    await using home = await startRecipeHome();
    const ended = await home.bash(`set -m
      ${alone.trim()} >given 2>told &
      until grep -q served told; do sleep 0.05; done
      (eval "$(cat given)"; ${whoAmI})
      kill -INT $!; wait $! || cat told`);
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(`^${alice}\n`) });
    expect(ended.stdout).toContain("awsmfa: profile dev is served until ^C: http://127.0.0.1:");
  });

  test("without one: by a file that nobody else can read", async () => {
    await using home = await startRecipeHome();
    const ended = await home.bash(`set -m
      ${toFile.trim()} 2>told &
      until grep -q served told; do sleep 0.05; done
      (${fromFile.trim()}
      ${whoAmI}; stat -c %a ~/.awsmfa-serve)
      kill -INT -$!; wait $! || true`);
    expect(ended).toMatchObject({ code: 0, stdout: `${alice}\n600\n` });
  });
});

test("a program without a terminal, as the page has it: somebody signs in elsewhere", async () => {
  await using home = await startRecipeHome();
  const [line = ""] = recipes("IDEs and notebooks", "sh");
  expect(await home.bash(line)).toMatchObject({ code: 0, stderr: "" });
  expect(await home.bash("awsmfa status --profile dev")).toMatchObject({ code: 0 });
  expect(home.prompts()).toHaveLength(1);
});
