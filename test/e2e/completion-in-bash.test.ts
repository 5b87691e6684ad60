import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { completingShell, installRecorders } from "../support/completing-shell.ts";
import { startLab } from "../support/lab.ts";

const programs = [
  "by-function",
  "by-words",
  "by-kind",
  "by-program",
  "by-nothing",
  "told-nothing",
  "lazy",
  "changing",
];

/** Completions of every kind that commands can have, two of them there only when they are asked for. */
const startUp = `
_seen() {
  local IFS=_
  printf '%s\\n' "$1|$2|$3|$COMP_LINE|$COMP_POINT|$COMP_CWORD|\${COMP_WORDS[*]}" >>seen
  COMPREPLY=("\${2}d")
}
_program() { printf '%s\\n' "a-$1-$2-$3-$COMP_LINE-$COMP_POINT"; }
_nothing() { COMPREPLY=(); }
_change() { complete -W changed changing; return 124; }
_load() { [[ $1 == lazy ]] || return 1; complete -F _seen lazy; return 124; }
complete -D -F _load
complete -o nospace -F _seen by-function
complete -W "alpha beta" by-words
complete -A user -P x= -S / by-kind
complete -C _program by-program
complete -o default -F _nothing by-nothing
complete -F _change changing
eval "$(awsmfa completion bash)"`;

const cases: [before: string, typed: string, given: string[]][] = [
  ["exec", "by-function a=b c\t", ["a=b", "cd"]],
  ["exec --profile 'a b'", "bin/by-function 'x y' =z\t", ["x y", "=zd"]],
  ["exec --", "lazy 'x y' z\t", ["x y", "zd"]],
  ["exec", "changing c\t", ["changed"]],
  ["exec", "by-words al\t", ["alpha"]],
  ["exec", "by-kind roo\t", ["x=root/"]],
  ["exec --token 1 --", "by-program é a\t", ["é", "a-by-program-a-é-by-program", "é", "a-14"]],
  ["exec", "by-nothing arg\t", ["arg ument.txt"]],
  ["exec", "told-nothing arg\t", ["arg"]],
];

test("behind exec, bash completes a command as it does by itself", async () => {
  await using lab = await startLab();
  lab.write("arg ument.txt", "");
  installRecorders(lab, ...programs);
  const shell = await completingShell(lab, "bash", startUp);
  const seen = (): string[] => readFileSync(join(lab.home, "seen"), "utf8").trimEnd().split("\n");
  // Ours first: it is this one that has to load what is not there yet.
  for (const [before, typed, given] of cases) {
    const words = await shell.run(`awsmfa ${before} ${typed}`);
    expect(words.slice(-given.length), typed).toEqual(given);
  }
  const ours = seen();
  rmSync(join(lab.home, "seen"));
  for (const [, typed, given] of cases) expect(await shell.run(typed), typed).toEqual(given);
  expect(ours).toEqual(seen());
  expect(ours).toHaveLength(3);
  expect(shell.shown).not.toContain("bash:");
  shell.type("exit\r");
  await shell.ended;
});
