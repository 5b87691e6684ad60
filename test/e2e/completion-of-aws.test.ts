import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  completingShell,
  installCompleter,
  installRecorders,
  type Completing,
} from "../support/completing-shell.ts";
import { startLab } from "../support/lab.ts";

/** What the AWS CLI's user guide wants in ~/.config/fish/config.fish. */
const fishLine =
  "complete --command aws --no-files --arguments '(begin; set --local --export COMP_SHELL fish; set --local --export COMP_LINE (commandline); aws_completer | sed \\'s/ $//\\'; end)'";

const alias = 'alias aws="awsmfa session"';

const compinit = "autoload -Uz compinit bashcompinit; compinit -u -D; bashcompinit";

const startUps: [title: string, shell: Completing, startUp: string][] = [
  ["one line", "bash", `eval "$(awsmfa completion bash)"\n${alias}`],
  [
    "and the AWS CLI's",
    "bash",
    `complete -C aws_completer aws\n${alias}\neval "$(awsmfa completion bash)"`,
  ],
  [
    "one line",
    "zsh",
    // Debian has a completion of aws, which wants another program.
    `autoload -Uz compinit; compinit -u -D; unset "_comps[aws]"\n${alias}\nsource <(awsmfa completion zsh)`,
  ],
  [
    "and the AWS CLI's",
    "zsh",
    `${compinit}\ncomplete -C aws_completer aws\n${alias}\nsource <(awsmfa completion zsh)`,
  ],
  [
    "a file of fpath, and complete_aliases",
    "zsh",
    `awsmfa completion zsh >_awsmfa\nfpath=("$PWD" $fpath)\n${compinit}\ncomplete -C aws_completer aws\n${alias}\nsetopt complete_aliases`,
  ],
  ["one line", "fish", `awsmfa completion fish | source\n${alias}`],
  ["and the AWS CLI's", "fish", `${alias}\n${fishLine}\nawsmfa completion fish | source`],
  [
    "a file, and the AWS CLI's",
    "fish",
    `mkdir -p .config/fish/completions\nawsmfa completion fish >.config/fish/completions/awsmfa.fish\n${fishLine}\n${alias}`,
  ],
];

const cases: [typed: string, asked: string, given: string[]][] = [
  ["aws s3 web\t", "aws s3 web", ["session", "s3", "website"]],
  ["awsmfa session s3 web\t", "aws s3 web", ["session", "s3", "website"]],
  ["awsmfa exec -- aws s3 web\t", "aws s3 web", ["exec", "--", "aws", "s3", "website"]],
  [
    "aws --region eu-west-1 ec2 describe-instance-event-w\t",
    "aws --region eu-west-1 ec2 describe-instance-event-w",
    ["session", "--region", "eu-west-1", "ec2", "describe-instance-event-windows"],
  ],
];

test.each(startUps)("aws, by the AWS CLI's program: %s, %s", async (_title, name, startUp) => {
  await using lab = await startLab();
  installRecorders(lab);
  installCompleter(lab);
  lab.fakeAws("exit 1");
  const shell = await completingShell(lab, name, startUp);
  // The AWS CLI's line for fish hands over what stands before aws, too, which its version 2 cannot read.
  const before = startUp.includes(fishLine) ? "" : "true; ";
  for (const [typed, , given] of cases) {
    expect(await shell.run(`${before}${typed}`), typed).toEqual(given);
  }
  const asked = readFileSync(join(lab.home, "asked"), "utf8").trimEnd().split("\n");
  // What is loaded because of the first TAB comes too late to know of it.
  if (startUp.includes("completions/awsmfa.fish")) expect(asked.shift()).toBe("aws s3 web");
  expect(asked).toEqual(cases.map(([, line]) => line));
  if (name !== "fish") {
    shell.type("aws s3 m\t\t");
    await shell.until("mb");
    await shell.until("mv");
    shell.type("\x15");
  }
  shell.type("exit\r");
  await shell.ended;
  expect(lab.sandbox.calls).toEqual([]);
});
