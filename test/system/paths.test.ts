import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import {
  configPath,
  credentialsPath,
  expandPath,
  homeDirectory,
  sessionStorePath,
} from "../../src/system/paths.ts";
import { python } from "../support/commands.ts";
import { run } from "../support/run.ts";

type Variables = Record<string, string>;

/** Where the superuser is at home: not in the same place on every system. */
const [, rootHome = ""] =
  /^root:(?:[^:]*:){4}([^:]*)/m.exec(readFileSync("/etc/passwd", "utf8")) ?? [];

const ann = { HOME: "/home/ann", DIR: "work", EMPTY: "", A_1: "x", Ä: "y" };

describe("a path is expanded as Python does it", () => {
  const cases: readonly [path: string, expanded: string, env?: Variables][] = [
    ["/etc/aws", "/etc/aws"],
    ["relative/file", "relative/file"],
    ["", ""],
    ["~", "/home/ann"],
    ["~/", "/home/ann/"],
    ["~/.aws/config", "/home/ann/.aws/config"],
    ["a/~/b", "a/~/b"],
    [" ~/x", " ~/x"],
    ["~root/x", `${rootHome}/x`],
    ["~root", rootHome],
    ["~no-such-user/x", "~no-such-user/x"],
    ["~root~/x", "~root~/x"],
    ["$DIR/x", "work/x"],
    ["${DIR}/x", "work/x"],
    ["$HOME/x", "/home/ann/x"],
    ["a$DIR.b", "awork.b"],
    ["$DIRx/y", "$DIRx/y"],
    ["${DIR}x/y", "workx/y"],
    ["$A_1", "x"],
    ["$EMPTY/x", "/x"],
    ["$UNKNOWN/x", "$UNKNOWN/x"],
    ["${UNKNOWN}/x", "${UNKNOWN}/x"],
    ["${}", "${}"],
    ["${DIR", "${DIR"],
    ["$", "$"],
    ["$$DIR", "$work"],
    ["\\$DIR", "\\work"],
    ["$Ä/${Ä}", "$Ä/y"],
    ["$constructor/${toString}", "$constructor/${toString}"],
    ["~$DIR", "~work"],
    ["$TILDE/x", "/home/ann/x", { ...ann, TILDE: "~" }],
    ["$NESTED", "$DIR", { ...ann, NESTED: "$DIR" }],
    ["~/x", "/home/ann/x", { HOME: "/home/ann///" }],
    ["~/x", "/a$DIR/x", { HOME: "/a$DIR", DIR: "work" }],
    ["~/../x", "/home/link/../x", { HOME: "/home/link" }],
    ["~", "/", { HOME: "/" }],
    ["~/x", "/x", { HOME: "/" }],
    ["~", "/", { HOME: "" }],
    ["~/x", "/x", { HOME: "" }],
    ["~/x", "here/x", { HOME: "here" }],
  ];
  const script = `
import json, os, sys
found = []
for path, variables in json.load(sys.stdin):
    os.environ.clear()
    os.environ.update(variables)
    found.append(os.path.expanduser(os.path.expandvars(path)))
json.dump(found, sys.stdout)`;
  let byPython: string[];

  beforeAll(async () => {
    const stdin = JSON.stringify(cases.map(([path, , env = ann]) => [path, env]));
    const env = { PYTHONUTF8: "1" };
    byPython = JSON.parse((await run(python, ["-c", script], { env, stdin })).stdout) as string[];
  });

  it.each(cases)("%j is %j", (...row) => {
    const [path, expanded, env = ann] = row;
    expect(expandPath(env, path)).toBe(expanded);
  });

  it("and Python agrees with this table", () => {
    expect(byPython).toEqual(cases.map(([, expanded]) => expanded));
  });

  it("and where HOME is not set", async () => {
    const printed = await run(python, ["-c", "import os; print(os.path.expanduser('~/x'))"], {
      env: {},
    });
    expect(expandPath({}, "~/x")).toBe(printed.stdout.trim());
  });
});

describe("where the files are", () => {
  it.each<[env: Variables, config: string, credentials: string]>([
    [ann, "/home/ann/.aws/config", "/home/ann/.aws/credentials"],
    [{ ...ann, AWS_CONFIG_FILE: "~/c" }, "/home/ann/c", "/home/ann/.aws/credentials"],
    [{ ...ann, AWS_CONFIG_FILE: "" }, "/home/ann/.aws/config", "/home/ann/.aws/credentials"],
    [{ ...ann, AWS_SHARED_CREDENTIALS_FILE: "$DIR/k" }, "/home/ann/.aws/config", "work/k"],
  ])("%j", (env, config, credentials) => {
    expect(configPath(env)).toBe(config);
    expect(credentialsPath(env)).toBe(credentials);
  });

  it("the home and the session store", () => {
    expect(homeDirectory(ann)).toBe("/home/ann");
    expect(sessionStorePath(ann)).toBe("/home/ann/.aws/aws-mfa-secure-sessions");
  });
});
