import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  completingShell,
  installRecorders,
  type Completing,
  type CompletingShell,
} from "../support/completing-shell.ts";
import { startLab } from "../support/lab.ts";

/** Sourced twice, under options and an IFS that a script could stumble over. */
const startUp: Record<Completing, string> = {
  bash: `
    set -eu -o pipefail
    shopt -s failglob nocasematch extglob
    IFS=:
    eval "$(awsmfa completion bash)"
    eval "$(awsmfa completion bash)"`,
  zsh: `
    autoload -Uz compinit; compinit -u -D
    setopt ksh_arrays sh_word_split ksh_glob glob_subst rc_quotes ignore_braces no_interactive_comments
    setopt err_exit no_unset warn_create_global
    IFS=:
    source <(awsmfa completion zsh)
    eval "$(awsmfa completion zsh)"`,
  fish: `
    awsmfa completion fish | source
    awsmfa completion fish | source
    function round --wraps 'awsmfa exec -- round'; awsmfa exec -- round $argv; end`,
};

const profiles = `
[my profile]
[it's]
[q"uo$(touch pwned)\`touch pwned\` \\te;&|<>*?#!]
[Ünï]
[arn:x=y]
[zz\x1b[31m]
[double"]
[single']
`;

const cases: [typed: string, given: string[]][] = [
  ["awsmfa expo\t--sh\tfi\t", ["exports", "--shell", "fish"]],
  ["awsmfa exports --format=e\t", ["exports", "--format=env"]],
  ["awsmfa exports --profile my\t", ["exports", "--profile", "my profile"]],
  ["awsmfa exports --profile=my\t", ["exports", "--profile=my profile"]],
  ['awsmfa exports --profile "my p\t', ["exports", "--profile", "my profile"]],
  ["awsmfa exports --profile 'my p\t", ["exports", "--profile", "my profile"]],
  ["awsmfa exports --profile it\t", ["exports", "--profile", "it's"]],
  ["awsmfa exports --profile='it\t", ["exports", "--profile=it's"]],
  ["awsmfa exports --profile Ü\t", ["exports", "--profile", "Ünï"]],
  ["awsmfa exports --profile arn:\t", ["exports", "--profile", "arn:x=y"]],
  ["awsmfa exports --profile=arn:x=\t", ["exports", "--profile=arn:x=y"]],
  ...["q", '"q', "'q"].map((typed): [string, string[]] => [
    `awsmfa exports --profile ${typed}\t`,
    ["exports", "--profile", 'q"uo$(touch pwned)`touch pwned` \\te;&|<>*?#!'],
  ]),
  ['awsmfa exports --profile "dou\t', ["exports", "--profile", 'double"']],
  ["awsmfa exports --profile 'sin\t", ["exports", "--profile", "single'"]],
  // A control character is in it.
  ["awsmfa exports --profile zz\t", ["exports", "--profile", "zz"]],
  ["awsmfa clean ol\tgo\t", ["clean", "old one", "gone"]],
  ["awsmfa help sta\t", ["help", "status"]],
  ["awsmfa exec with\t", ["exec", "with space"]],
  ["awsmfa exec only\targ\t", ["exec", "only-this", "arg ument.txt"]],
  [
    "awsmfa exec --prof\tmy\t-- only\t--arg arg\t",
    ["exec", "--profile", "my profile", "--", "only-this", "--arg", "arg ument.txt"],
  ],
];

const extras: Partial<Record<Completing, (shell: CompletingShell) => Promise<void>>> = {
  async zsh(shell) {
    shell.type("awsmfa exports --format=\t");
    await shell.until("process");
    expect(shell.shown).not.toContain("--format=process");
    shell.type("\x15");
  },
  async fish(shell) {
    // What completes itself by us, and us by itself, comes to an end.
    expect(await shell.run("round \tx")).toEqual(["exec", "--", "round", "x"]);
  },
};

test.each<Completing>(["bash", "zsh", "fish"])("%s completes the words of awsmfa", async (name) => {
  await using lab = await startLab();
  lab.write(".aws/credentials", profiles);
  lab.write(".aws/aws-mfa-secure-sessions/old%20one", "");
  lab.write(".aws/aws-mfa-secure-sessions/gone", "");
  lab.write("arg ument.txt", "");
  installRecorders(lab, "only-this", "with space");
  // Node.js itself has something to say about the last one.
  const deadAndLoud = {
    AWS_ENDPOINT_URL: "http://127.0.0.1:9",
    AWS_MFA_DEBUG: "1",
    NODE_EXTRA_CA_CERTS: "/no-such-file",
  };
  const shell = await completingShell(lab, name, startUp[name], deadAndLoud);
  const started = shell.shown.length;
  for (const [typed, given] of cases) {
    expect(await shell.run(typed), typed).toEqual(given);
  }
  await extras[name]?.(shell);
  expect(shell.shown.slice(started)).not.toMatch(
    /awsmfa:|bash:|zsh:|fish:|complete:|warning|error|unbound|not found|bad /i,
  );
  expect(existsSync(join(lab.home, "pwned"))).toBe(false);
  shell.type("exit\r");
  await shell.ended;
});
