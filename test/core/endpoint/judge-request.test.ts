import { describe, expect, it } from "vitest";
import {
  judgeRequest,
  pathOf,
  type EndpointRequest,
} from "../../../src/core/endpoint/judge-request.ts";

const token = "a-Token_of-32";

const right: EndpointRequest = {
  method: "GET",
  hosts: ["127.0.0.1:4321"],
  authorization: token,
  path: "/profiles/dev",
};

function judge(changes: Partial<EndpointRequest>, profiles = ["dev", "prod eu/ü%"]) {
  return judgeRequest({ ...right, ...changes }, { isToken: (text) => text === token, profiles });
}

/** The session of a profile, or a status. */
function verdictOn(...args: Parameters<typeof judge>): string | number {
  const verdict = judge(...args);
  return verdict.kind === "session" ? verdict.profile : verdict.status;
}

describe("Host", () => {
  it.each([
    ["127.0.0.1"],
    ["127.0.0.1:80"],
    ["127.0.0.1:65535"],
    ["localhost"],
    ["localhost:4321"],
    ["LOCALHOST:4321"],
    ["LocalHost"],
    ["[::1]"],
    ["[::1]:4321"],
  ])("%j is this computer", (host) => {
    expect(verdictOn({ hosts: [host] })).toBe("dev");
  });

  it.each<[hosts: string[] | undefined]>([
    [undefined],
    [[]],
    [[""]],
    [["evil.example"]],
    [["evil.example:4321"]],
    [["127.0.0.1.evil.example"]],
    [["127.0.0.1.evil.example:4321"]],
    [["localhost.evil.example"]],
    [["evil.example.localhost"]],
    [["evil.example:127.0.0.1"]],
    [["127.0.0.1@evil.example"]],
    [["evil.example@127.0.0.1"]],
    [["127.0.0.1:4321@evil.example"]],
    [["127.0.0.1:4321:4321"]],
    [["127.0.0.1:"]],
    [["127.0.0.1:123456"]],
    [["127.0.0.1:x"]],
    [["127.0.0.1 evil.example"]],
    [["127.0.0.1, evil.example"]],
    [["127.0.0.1\n"]],
    [["127.0.0.1\nevil.example"]],
    [[" 127.0.0.1"]],
    [["127-0-0-1"]],
    [["127a0b0c1"]],
    [["127.0.0.2"]],
    [["127.1"]],
    [["2130706433"]],
    [["0x7f.0.0.1"]],
    [["0.0.0.0:4321"]],
    [["192.168.0.10:4321"]],
    [["169.254.170.2"]],
    [["::1"]],
    [["[::]"]],
    [["[::ffff:127.0.0.1]"]],
    [["[::1]evil.example"]],
    [["localhost."]],
    [["127.0.0.1", "evil.example"]],
    [["evil.example", "127.0.0.1"]],
    [["127.0.0.1", "127.0.0.1"]],
  ])("%j is not", (hosts) => {
    expect(judge({ hosts })).toMatchObject({ status: 403, code: "WrongHost" });
  });
});

describe("methods", () => {
  it.each(["POST", "PUT", "HEAD", "DELETE", "OPTIONS", "PATCH", "TRACE", "get", "", undefined])(
    "%j is not answered, token or not",
    (method) => {
      expect(verdictOn({ method })).toBe(405);
      expect(verdictOn({ method, authorization: undefined })).toBe(405);
    },
  );
});

describe("the token", () => {
  it.each([[undefined], [""]])("%j is none", (authorization) => {
    expect(judge({ authorization })).toMatchObject({ status: 401, code: "NoToken" });
  });

  it.each([
    [token.slice(0, -1)],
    [token.slice(1)],
    [`${token}x`],
    [`${token},${token}`],
    [token.toLowerCase()],
    [token.toUpperCase()],
    [`Bearer ${token}`],
    [`Basic ${token}`],
    [` ${token}`],
    ["undefined"],
  ])("%j is another one's", (authorization) => {
    expect(judge({ authorization })).toMatchObject({ status: 403, code: "WrongToken" });
  });

  it("is asked for before anything is told of profiles", () => {
    for (const path of ["/", "/profiles/dev", "/profiles/nobody"]) {
      expect(verdictOn({ path, authorization: undefined })).toBe(401);
      expect(verdictOn({ path, authorization: "wrong" })).toBe(403);
    }
  });
});

describe("the path", () => {
  it.each([
    ["/profiles/dev", "dev"],
    ["/profiles/prod%20eu%2F%C3%BC%25", "prod eu/ü%"],
  ])("%j is that of a profile", (path, profile) => {
    expect(verdictOn({ path })).toBe(profile);
    expect(pathOf(profile)).toBe(path);
  });

  it.each([
    [undefined],
    [""],
    ["/"],
    ["*"],
    ["/profiles"],
    ["/profiles/"],
    ["/profiles/prod"],
    ["//profiles/dev"],
    ["/profiles//dev"],
    ["/profiles/dev/"],
    ["/profiles/dev?x"],
    ["/profiles/dev#x"],
    ["/profiles/Dev"],
    ["/profiles/%64ev"],
    ["/profiles/../profiles/dev"],
    ["/profiles/prod eu/ü%"],
    ["/profiles/prod%20eu%2f%c3%bc%25"],
    ["http://127.0.0.1:4321/profiles/dev"],
    ["http://evil.example/profiles/dev"],
    ["profiles/dev"],
    ["/profiles/__proto__"],
  ])("%j is not", (path) => {
    expect(judge({ path })).toMatchObject({ status: 404, code: "UnknownPath" });
  });
});

it("no answer tells what was sent, or what would have been right", () => {
  const strange = "S7RANGE";
  const all = [
    judge({ hosts: [strange] }),
    judge({ method: strange }),
    judge({ authorization: strange }),
    judge({ authorization: undefined }),
    judge({ path: strange }),
  ];
  for (const verdict of all) {
    expect(verdict.kind).toBe("refused");
    expect(JSON.stringify(verdict)).not.toMatch(`${strange}|${token}|dev`);
  }
});
