import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { awsmfa } from "../support/commands.ts";
import { startLab, type Lab } from "../support/lab.ts";
import { runAwsmfa } from "../support/run.ts";

interface Case {
  name: string;
  prepare: (lab: Lab) => void;
  env?: (lab: Lab) => Record<string, string>;
  code: number;
  stdout?: string;
  stderr?: RegExp;
}

function script(lab: Lab, path: string, text: string, mode = 0o755): void {
  chmodSync(lab.write(path, text), mode);
}

const says = (text: string): string => `#!/bin/sh\necho ${text}\n`;

const cases: Case[] = [
  {
    name: "none on PATH",
    prepare: () => undefined,
    code: 127,
    stderr: /^awsmfa: no aws command on PATH\.\n {2}Install the AWS CLI .*AWS_MFA_AWS_PATH\.\n$/,
  },
  {
    name: "one that is not executable",
    prepare: (lab) => script(lab, "one/aws", says("one"), 0o644),
    code: 126,
    stderr: /one\/aws is not executable/,
  },
  {
    name: "one that is not executable before one that is",
    prepare: (lab) => {
      script(lab, "one/aws", says("one"), 0o644);
      script(lab, "two/aws", says("two"));
    },
    code: 0,
    stdout: "two\n",
  },
  {
    name: "a folder of that name before it",
    prepare: (lab) => {
      mkdirSync(`${lab.home}/one/aws`, { recursive: true });
      script(lab, "two/aws", says("two"));
    },
    code: 0,
    stdout: "two\n",
  },
  {
    name: "a link to ourselves before it",
    prepare: (lab) => {
      mkdirSync(`${lab.home}/one`);
      symlinkSync(awsmfa, `${lab.home}/one/aws`);
      script(lab, "two/aws", says("two"));
    },
    code: 0,
    stdout: "two\n",
  },
  {
    name: "a script that calls us before it",
    prepare: (lab) => {
      script(lab, "one/aws", '#!/bin/sh\nexec awsmfa session "$@"\n');
      script(lab, "two/aws", says("two"));
    },
    code: 0,
    stdout: "two\n",
  },
  {
    name: "nothing but a script that calls us",
    prepare: (lab) => script(lab, "one/aws", '#!/bin/sh\nexec awsmfa session "$@"\n'),
    code: 127,
    stderr: /^awsmfa: the aws on PATH calls awsmfa itself\.\n/,
  },
  {
    name: "AWS_MFA_AWS_PATH beats PATH",
    prepare: (lab) => {
      script(lab, "one/aws", says("one"));
      script(lab, "else where/my aws", says("chosen"));
    },
    env: (lab) => ({ AWS_MFA_AWS_PATH: `${lab.home}/else where/my aws` }),
    code: 0,
    stdout: "chosen\n",
  },
  {
    name: "AWS_MFA_AWS_PATH names nothing",
    prepare: (lab) => script(lab, "one/aws", says("one")),
    env: () => ({ AWS_MFA_AWS_PATH: "/nonexistent/aws" }),
    code: 127,
    stderr: /no aws command at \/nonexistent\/aws/,
  },
  {
    name: "a script without an interpreter line, as shells run it",
    prepare: (lab) => script(lab, "one/aws", "echo plain\n"),
    code: 0,
    stdout: "plain\n",
  },
  {
    name: "an interpreter that is missing",
    prepare: (lab) => script(lab, "one/aws", "#!/nonexistent/sh\n"),
    code: 127,
    stderr: /could not be started \(ENOENT\)/,
  },
];

test.each(cases)("$name", async ({ prepare, env, code, stdout = "", stderr }) => {
  await using lab = await startLab();
  prepare(lab);
  const path = `${lab.home}/one:${lab.home}/two`;
  const all = { ...lab.env, AWS_PROFILE: "none", PATH: path, ...env?.(lab) };
  const ended = await runAwsmfa(["session", "s3", "ls"], { env: all });
  expect(ended).toMatchObject({ code, stdout });
  expect(ended.stderr).toMatch(stderr ?? /^$/);
});

test("where aws is missing, nobody is asked for a code", async () => {
  await using lab = await startLab();
  const env = { ...lab.env, PATH: "/nonexistent", AWS_MFA_TOKEN: lab.sandbox.freshCode("alice") };
  expect(await runAwsmfa(["session", "s3", "ls"], { env })).toMatchObject({ code: 127 });
  expect(lab.sandbox.calls).toHaveLength(0);
});
