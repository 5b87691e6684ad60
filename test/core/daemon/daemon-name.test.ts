import { expect, it } from "vitest";
import { agentLabel, unitName } from "../../../src/core/daemon/daemon-name.ts";

const hashed = (readable: string): RegExp =>
  new RegExp(`^awsmfa-watch-${readable}[0-9a-f]{8}\\.service$`);

it.each<[sections: string[], name: string | RegExp, why?: string]>([
  [["dev"], "awsmfa-watch-dev.service"],
  [["my-dev_2.eu"], "awsmfa-watch-my-dev_2.eu.service"],
  [["Dev"], hashed("dev-"), "macOS takes Dev and dev for one file"],
  [["a b"], hashed("a-b-")],
  [["a/../b"], hashed("a-..-b-")],
  [["50%"], hashed("50-")],
  [["team:dev@x"], hashed("team-dev-x-"), "units of systemd take an @ for something else"],
  [["über"], hashed("ber-")],
  [["日本"], hashed("")],
  [[""], hashed("")],
  [["-"], hashed("")],
  [["--write"], hashed("write-")],
  [["dev-0123abcd"], hashed("dev-0123abcd-"), "or it could be the name of Dev"],
  [["0123abcd"], hashed("0123abcd-")],
  [["x".repeat(40)], `awsmfa-watch-${"x".repeat(40)}.service`],
  [["x".repeat(41)], hashed(`${"x".repeat(40)}-`)],
  [["dev", "prod"], hashed("dev-prod-")],
])("%j: %s", (sections, name) => {
  if (typeof name === "string") expect(unitName(sections)).toBe(name);
  else expect(unitName(sections)).toMatch(name);
});

it("other sections, other names", () => {
  const sets = [
    ["dev"],
    ["Dev"],
    ["DEV"],
    ["dev "],
    ["a b"],
    ["a-b"],
    ["a/b"],
    ["a", "b"],
    ["a-b", "c"],
    ["a"],
    ["a", "日"],
    ["a", "b-c"],
    ["a-b-c"],
    ["日"],
    ["本"],
    [""],
    [`${"x".repeat(50)}a`],
    [`${"x".repeat(50)}b`],
  ];
  const names = sets.map((sections) => unitName(sections).toLowerCase());
  expect(new Set(names).size).toBe(sets.length);
});

it("the same sections, the same name", () => {
  expect(unitName(["b", "a"])).toBe(unitName(["a", "b"]));
  expect(unitName(["a", "a"])).toBe(unitName(["a"]));
});

it("an agent is named alike", () => {
  expect(agentLabel(["dev"])).toBe("awsmfa.watch.dev");
  expect(agentLabel(["a b"])).toMatch(/^awsmfa\.watch\.a-b-[0-9a-f]{8}$/);
});
