import { describe, expect, it } from "vitest";
import { parseIni } from "../../../src/core/aws-files/ini.ts";
import {
  nearest,
  profileFiles,
  type Profile,
  type ProfileKeys,
} from "../../../src/core/aws-files/profile.ts";

const ID = "aws_access_key_id";
const SECRET = "aws_secret_access_key";
const pair = (name: string) => `${ID} = AKIA${name}\n${SECRET} = ${name}-secret\n`;
const process = (command: string) => `credential_process = ${command}\n`;

const longTerm = (name: string): ProfileKeys => ({
  kind: "long-term",
  accessKeyId: `AKIA${name}`,
  secretAccessKey: `${name}-secret`,
});

describe("names", () => {
  it.each([
    ["", "", []],
    ["[profile a]\n[default]\n", "", ["a", "default"]],
    ["", "[a]\n[default]\n", ["a", "default"]],
    ["[profile a]\n[profile b]\n", "[b]\n[c]\n", ["a", "b", "c"]],
    ["[a]\n[sso-session b]\n[services c]\n[preview]\n[plugins]\n[DEFAULT]\n", "", []],
    ["[profile a b]\n[profile]\n", "", []],
    ["", "[profile a]\n[sso-session b]\n", ["profile a", "sso-session b"]],
  ])("%j and %j: %j", (config, credentials, names) => {
    const files = read(config, credentials);
    expect(files.names()).toEqual(names);
    for (const name of names) expect(files.find(name)?.name).toBe(name);
    expect(files.find("nobody")).toBeUndefined();
  });
});

describe("a setting of profile a", () => {
  it.each<[what: string, config: string, credentials: string, value: string | undefined]>([
    ["of the config file", "[profile a]\nregion = x\n", "", "x"],
    ["of the credentials file", "", "[a]\nregion = x\n", "x"],
    [
      "in both: that of the credentials file",
      "[profile a]\nregion = x\n",
      "[a]\nregion = y\n",
      "y",
    ],
    ["in one of both", "[profile a]\nregion = x\n", "[a]\noutput = y\n", "x"],
    ["empty in the credentials file", "[profile a]\nregion = x\n", "[a]\nregion =\n", ""],
    ["inherited", "[DEFAULT]\nregion = x\n[profile a]\n", "", "x"],
    ["own and inherited", "[DEFAULT]\nregion = x\n[profile a]\nregion = y\n", "", "y"],
    [
      "inherited in the other file",
      "[profile a]\nregion = x\n",
      "[DEFAULT]\nregion = y\n[a]\n",
      "y",
    ],
    ["inherited where a is not", "[profile a]\nregion = x\n", "[DEFAULT]\nregion = y\n[b]\n", "x"],
    ["of the last of two headers", '[profile a]\nregion = x\n[profile "a"]\nregion = y\n', "", "y"],
    ["not in the last of two headers", '[profile a]\nregion = x\n[profile "a"]\n', "", undefined],
    ["nested", "[profile a]\nregion =\n  x = y\n", "", "\nx = y"],
    ["absent", "[profile a]\n", "", undefined],
  ])("%s", (_what, config, credentials, value) => {
    expect(read(config, credentials).find("a")?.setting("region")).toBe(value);
  });

  it.each(["constructor", "__proto__", "toString"])("%s is nothing special", (key) => {
    expect(read("[profile a]\n", "[a]\n").find("a")?.setting(key)).toBeUndefined();
    expect(read("[profile a]\n", "[a]\n").find(key)).toBeUndefined();
  });
});

describe("the keys of profile a", () => {
  const none: ProfileKeys = { kind: "none" };
  const incomplete: ProfileKeys = { kind: "incomplete" };
  const temporary: ProfileKeys = { kind: "temporary" };
  const command: ProfileKeys = { kind: "process", command: "p" };
  const token = "aws_session_token = T\n";
  const oldToken = "aws_security_token = T\n";

  it.each<[what: string, config: string, credentials: string, keys: ProfileKeys]>([
    ["nowhere", "", "", none],
    ["in the credentials file", "", pair("X"), longTerm("X")],
    ["in the config file", pair("X"), "", longTerm("X")],
    ["in both files", pair("X"), pair("Y"), longTerm("Y")],
    ["with a token", "", pair("X") + token, temporary],
    ["with the older token", "", pair("X") + oldToken, temporary],
    ["with an empty token", "", `${pair("X")}aws_session_token =\n`, longTerm("X")],
    [
      "with an older token that is empty",
      "",
      `${pair("X")}${token}aws_security_token =\n`,
      longTerm("X"),
    ],
    ["with a token in the other file", token, pair("X"), longTerm("X")],
    [
      "with a token and an older one",
      "",
      `${pair("X")}${oldToken}aws_session_token =\n`,
      temporary,
    ],
    ["a token alone", "", token, none],
    ["an id alone", "", `${ID} = AKIA\n`, incomplete],
    ["a secret alone", "", `${SECRET} = x\n`, none],
    ["an id before whole keys", pair("X"), `${ID} = AKIA\n`, incomplete],
    ["a secret before whole keys", pair("X"), `${SECRET} = x\n`, longTerm("X")],
    ["id and secret in two files", `${SECRET} = x\n`, `${ID} = AKIA\n`, incomplete],
    ["an empty id", "", `${ID} =\n${SECRET} = x\n`, incomplete],
    ["an empty secret", "", `${ID} = AKIA\n${SECRET} =\n`, incomplete],
    ["a nested id", "", `${ID} =\n  x = y\n${SECRET} = x\n`, incomplete],
    ["a process in the config file", process("p"), "", command],
    ["a process in the credentials file", "", process("p"), command],
    ["a process in both files", process("q"), process("p"), command],
    ["a process behind credentials", process("p"), pair("X"), longTerm("X")],
    ["a process before keys of the config file", process("p") + pair("X"), "", command],
    ["a process and keys of the credentials file", "", process("p") + pair("X"), longTerm("X")],
    ["a process behind half a pair", process("p"), `${ID} = AKIA\n`, incomplete],
    ["an empty process", process("") + pair("X"), "", incomplete],
    ["a nested process", process("\n  x = y"), "", incomplete],
  ])("%s", (_what, config, credentials, keys) => {
    expect(read(`[profile a]\n${config}`, `[a]\n${credentials}`).find("a")?.keys).toEqual(keys);
  });

  it("may be inherited", () => {
    expect(read("", `[DEFAULT]\n${pair("X")}[a]\n`).find("a")?.keys).toEqual(longTerm("X"));
  });
});

describe("the settings of sts in [services s]", () => {
  it.each<[config: string, url: string | undefined]>([
    ["[services s]\nsts =\n  endpoint_url = x\n", "x"],
    ['[services "s"]\nsts =\n  endpoint_url = x\n', "x"],
    ["[DEFAULT]\nsts =\n  endpoint_url = x\n[services s]\n", "x"],
    ["[services s]\ns3 =\n  endpoint_url = x\n", undefined],
    ["[services s]\nsts = endpoint_url = x\n", undefined],
    ["[services t]\nsts =\n  endpoint_url = x\n", undefined],
    ["[profile s]\nsts =\n  endpoint_url = x\n", undefined],
  ])("%j: %j", (config, url) => {
    expect(read(config, "").serviceSettings("s", "sts")?.get("endpoint_url")).toBe(url);
  });

  it("are not looked for in the credentials file", () => {
    const files = read("", "[services s]\nsts =\n  endpoint_url = x\n");
    expect(files.serviceSettings("s", "sts")).toBeUndefined();
  });
});

function read(config: string, credentials: string) {
  return profileFiles(parseIni(config), parseIni(credentials));
}

describe("the nearest of several profiles that says anything", () => {
  const profiles = ["a", "b", "c"].map((name): Profile => ({
    name,
    setting: () => undefined,
    keys: { kind: "none" },
  }));

  it.each<[said: Record<string, string | number | boolean>, expected: unknown]>([
    [{}, undefined],
    [{ a: "1", b: "2" }, "1"],
    [{ b: "2", c: "3" }, "2"],
    [{ c: "3" }, "3"],
    [{ a: "", b: "2" }, ""],
    [{ b: 0, c: 1 }, 0],
    [{ b: false, c: true }, false],
  ])("of %j: %j", (said, expected) => {
    const asked: string[] = [];
    const read = ({ name }: Profile) => {
      asked.push(name);
      return said[name];
    };
    expect(nearest(profiles, read)).toBe(expected);
    const last = profiles.findIndex(({ name }) => name in said);
    expect(asked).toHaveLength(last < 0 ? 3 : last + 1);
    expect(nearest([], read)).toBeUndefined();
  });
});
