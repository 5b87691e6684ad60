import { describe, expect, it } from "vitest";
import { identityKey, sessionKey, type Identity } from "../../../src/core/request/identity.ts";

const dev: Identity = { base: { accessKeyId: "AKIA" }, serial: "GAHT12345678", endpoint: "aws" };
const role = { role_arn: "R" };

describe("two identities", () => {
  // prettier-ignore
  it.each<[name: string, one: Identity, other: Identity, same: boolean]>([
    ["alike", dev, { ...dev }, true],
    ["with keys in another order", dev, { endpoint: "aws", serial: "GAHT12345678", base: { accessKeyId: "AKIA" } }, true],
    ["of other keys", dev, { ...dev, base: { accessKeyId: "AKIB" } }, false],
    ["of another device", dev, { ...dev, serial: "GAHT12345679" }, false],
    ["of another partition", dev, { ...dev, endpoint: "aws-cn" }, false],
    ["of another endpoint", dev, { ...dev, endpoint: "http://localhost" }, false],
    ["of keys and of a process", dev, { ...dev, base: { process: "AKIA" } }, false],
    ["of one process", { ...dev, base: { process: "v" } }, { ...dev, base: { process: "v" } }, true],
    ["of two processes", { ...dev, base: { process: "v" } }, { ...dev, base: { process: "v " } }, false],
    ["in another case", dev, { ...dev, serial: "gaht12345678" }, false],
    ["with parts shifted", { ...dev, serial: "a", endpoint: "b,c" }, { ...dev, serial: "a,b", endpoint: "c" }, false],
    ["with quotes", { ...dev, serial: 'a","b', endpoint: "c" }, { ...dev, serial: "a", endpoint: 'b","c' }, false],
    ["empty", { base: { process: "" }, serial: "", endpoint: "" }, { base: { accessKeyId: "" }, serial: "", endpoint: "" }, false],
  ])("%s", (_name, one, other, same) => {
    expect(identityKey(one) === identityKey(other)).toBe(same);
    for (const assumed of [[], [role], [role, role]]) {
      expect(sessionKey(one, assumed) === sessionKey(other, assumed)).toBe(same);
    }
  });
});

describe("two sessions of an identity", () => {
  // prettier-ignore
  it.each<[name: string, one: unknown[], other: unknown[], same: boolean]>([
    ["of the user", [], [], true],
    ["of the user and of a role", [], [role], false],
    ["of one role", [role], [{ ...role }], true],
    ["of two roles", [role], [{ role_arn: "B" }], false],
    ["of a role and the same by way of itself", [role], [role, role], false],
    ["of two ways", [role, { role_arn: "B" }], [{ role_arn: "B" }, role], false],
    ["with one parameter more", [role], [{ ...role, external_id: "x1" }], false],
    ["with a parameter that is left out", [role], [{ ...role, external_id: undefined }], true],
    ["with a number and its text", [{ seconds: 900 }], [{ seconds: "900" }], false],
  ])("%s", (_name, one, other, same) => {
    expect(sessionKey(dev, one) === sessionKey(dev, other)).toBe(same);
  });

  it("no role is no part of an identity", () => {
    expect(sessionKey(dev, [])).not.toBe(identityKey(dev));
    expect(sessionKey({ ...dev, endpoint: "aws],[" }, [])).not.toBe(sessionKey(dev, [""]));
  });
});
