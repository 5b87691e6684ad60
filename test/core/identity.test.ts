import { describe, expect, it } from "vitest";
import { identityKey, sameIdentity, type Identity } from "../../src/core/identity.ts";

const dev: Identity = { base: { accessKeyId: "AKIA" }, serial: "GAHT12345678", endpoint: "aws" };

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
    expect(sameIdentity(one, other)).toBe(same);
    expect(sameIdentity(other, one)).toBe(same);
    expect(identityKey(one) === identityKey(other)).toBe(same);
  });
});
