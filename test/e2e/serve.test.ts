import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { awsmfa, python } from "../support/commands.ts";
import { run } from "../support/run.ts";
import { processesOf } from "./processes-of.ts";
import {
  askEndpoint,
  startServeHome,
  type Access,
  type ServeHome,
  type Serving,
} from "./serve-home.ts";

let home: ServeHome;
let serving: Serving;
let access: Access;

beforeAll(async () => {
  home = await startServeHome();
  await home.signIn();
  serving = home.serve(["--profile", "dev"], { AWS_MFA_DEBUG: "1" });
  access = await serving.access();
});

afterAll(() => home[Symbol.asyncDispose]());

/** What comes back for these bytes. */
async function raw(request: string): Promise<string> {
  const socket = connect(access.port, "127.0.0.1");
  socket.on("error", () => undefined).end(request.replaceAll("\n", "\r\n"));
  return text(socket).catch(() => "");
}

describe("an answer", () => {
  test("is a session, and is to be stored by nobody", async () => {
    const { status, headers, body } = await askEndpoint(access);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "content-type": "application/json",
    });
    const stored = JSON.parse(readFileSync(`${home.store}/dev`, "utf8")) as Record<string, string>;
    expect(body).toEqual({
      AccessKeyId: stored["access_key_id"],
      SecretAccessKey: stored["secret_access_key"],
      Token: stored["session_token"],
      Expiration: stored["expiration"],
    });
  });

  test.each(["POST", "PUT", "HEAD", "DELETE", "OPTIONS", "PATCH", "TRACE"])(
    "%s is no way to ask",
    async (method) => {
      const { status, headers } = await askEndpoint(access, { method });
      expect(status).toBe(405);
      expect(headers).toMatchObject({ allow: "GET", "cache-control": "no-store" });
    },
  );

  test.each([
    ["evil.example"],
    [`evil.example:PORT`],
    ["127.0.0.1.evil.example"],
    ["192.168.1.2"],
    ["0.0.0.0:PORT"],
  ])("Host: %s is somewhere else", async (host) => {
    const headers = { host: host.replace("PORT", `${access.port}`) };
    const answer = await askEndpoint(access, { headers });
    expect(answer).toMatchObject({ status: 403, body: { code: "WrongHost" } });
  });

  test.each([["localhost:1"], ["LOCALHOST"], ["[::1]:80"], ["127.0.0.1"]])(
    "Host: %s is the way through a tunnel",
    async (host) => {
      expect(await askEndpoint(access, { headers: { host } })).toMatchObject({ status: 200 });
    },
  );

  test.each<[what: string, lines: string, status: RegExp]>([
    [
      "two hosts",
      "GET /profiles/dev HTTP/1.1\nHost: 127.0.0.1\nHost: evil.example",
      /^HTTP\/1.1 40[03] /,
    ],
    [
      "two hosts, the other way round",
      "GET /profiles/dev HTTP/1.1\nHost: evil.example\nHost: 127.0.0.1",
      /^HTTP\/1.1 40[03] /,
    ],
    ["no host", "GET /profiles/dev HTTP/1.1", /^HTTP\/1.1 400 /],
    ["an empty host", "GET /profiles/dev HTTP/1.1\nHost:", /^HTTP\/1.1 40[03] /],
    ["no host, as long ago", "GET /profiles/dev HTTP/1.0", /^HTTP\/1.1 403 /],
    [
      "another host in the target",
      "GET http://evil.example/profiles/dev HTTP/1.1\nHost: 127.0.0.1",
      /^HTTP\/1.1 40[034] /,
    ],
    [
      "the whole address as the target",
      "GET http://127.0.0.1/profiles/dev HTTP/1.1\nHost: 127.0.0.1",
      /^HTTP\/1.1 40[034] /,
    ],
    ["a method in lower case", "get /profiles/dev HTTP/1.1\nHost: 127.0.0.1", /^HTTP\/1.1 40[05] /],
    ["a tunnel", "CONNECT evil.example:443 HTTP/1.1\nHost: evil.example:443", /^$/],
    [
      "another protocol",
      "GET /profiles/dev HTTP/1.1\nHost: evil.example\nConnection: Upgrade\nUpgrade: websocket",
      /^HTTP\/1.1 403 /,
    ],
    [
      "lengths that differ",
      "GET /profiles/dev HTTP/1.1\nHost: 127.0.0.1\nContent-Length: 4\nContent-Length: 5",
      /^HTTP\/1.1 400 /,
    ],
    [
      "huge headers",
      `GET /profiles/dev HTTP/1.1\nHost: 127.0.0.1\nX: ${"x".repeat(100_000)}`,
      /^(HTTP\/1.1 431 |$)/,
    ],
    [
      "a folded token",
      `GET /profiles/dev HTTP/1.1\nHost: 127.0.0.1\nAuthorization:\n evil`,
      /^HTTP\/1.1 40[03] /,
    ],
    ["no HTTP", "\x16\x03\x01\x02", /^HTTP\/1.1 400 /],
  ])("%s: none", async (_what, lines, status) => {
    const token = lines.includes("Authorization") ? "" : `\nAuthorization: ${access.token}`;
    const answer = await raw(`${lines}${token}\nConnection: close\n\n`);
    expect(answer).toMatch(status);
    expect(answer).not.toContain("SecretAccessKey");
  });

  test.each([
    ["/"],
    ["/profiles/"],
    ["/profiles/prod"],
    ["//profiles/dev"],
    ["/profiles/dev/"],
    ["/profiles/dev?x"],
    ["/profiles/%64ev"],
    ["/profiles/../profiles/dev"],
  ])("%s is no profile's", async (path) => {
    expect(await askEndpoint(access, { path })).toMatchObject({ status: 404 });
  });

  test("takes the whole token, and nothing but the token", async () => {
    const { token } = access;
    const wrong = [
      token.slice(1),
      token.slice(0, -1),
      `${token}A`,
      `Bearer ${token}`,
      token.toLowerCase(),
      "x",
    ];
    for (const each of wrong) {
      const answer = await askEndpoint({ ...access, token: each });
      expect(answer).toMatchObject({ status: 403, body: { code: "WrongToken" } });
    }
    const none = await raw("GET /profiles/dev HTTP/1.1\nHost: 127.0.0.1\nConnection: close\n\n");
    expect(none).toMatch(/^HTTP\/1.1 401 /);
    expect(await askEndpoint({ ...access, token: "" })).toMatchObject({ status: 401 });
  });
});

test("the token is 32 bytes, and another one each time", async () => {
  const other = await home.serve(["--profile", "dev"]).access();
  for (const { token } of [access, other]) {
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
  }
  expect(other.token).not.toBe(access.token);
  expect(other.port).not.toBe(access.port);
  expect(await askEndpoint({ ...access, token: other.token })).toMatchObject({ status: 403 });
  expect(await askEndpoint(other)).toMatchObject({ status: 200 });
});

test("a thousand requests at once, beside a thousand that are never finished", async () => {
  const slow = Array.from({ length: 1000 }, (_none, index) => {
    const socket = connect(access.port, "127.0.0.1").on("error", () => undefined);
    if (index % 2 === 0) socket.write(`GET /profiles/dev HTTP/1.1\r\nHost: 127`);
    return socket;
  });
  const began = performance.now();
  const all = await Promise.all(Array.from({ length: 1000 }, () => askEndpoint(access)));
  const took = performance.now() - began;
  for (const socket of slow) socket.destroy();
  expect(all.filter(({ status }) => status !== 200)).toEqual([]);
  if (process.env["SHOW_FIGURES"]) console.log(`1000 requests: ${Math.round(took)} ms`);
  expect(took).toBeLessThan(10_000);
});

/** Every port of the loopback that answers, before the endpoint is there and while it is. */
const scan = `
import fcntl, json, socket, struct, subprocess, sys
up = struct.pack("16sH14s", b"lo", 1 | 8 | 64, b"")
fcntl.ioctl(socket.socket(), 0x8914, up)
def answering(ports=range(1, 65536)):
    found = []
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        for port in ports:
            with socket.socket(family) as s:
                # A port that has just been chosen for ourselves answers, too.
                if s.connect_ex((address, port)) == 0 and s.getsockname() != s.getpeername():
                    found.append([address, port])
    return found
before = answering()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
said = ""
while "is served until" not in said: said = child.stderr.readline() or exit("it ended")
during = answering()
child.terminate()
child.wait()
print(json.dumps({"before": before, "during": during, "said": said, "after": answering([port for _, port in during])}))
`;

test("a scan of the whole loopback shows its port, and no other", async () => {
  const file = home.write("scan.py", scan);
  const own = ["--net", ...(process.getuid?.() === 0 ? [] : ["--user", "--map-root-user"])];
  const by = [...own, python, file, process.execPath, awsmfa, "serve", "--profile", "dev"];
  // Where nobody may have a network of his own this fails, and says so.
  const { stdout, stderr } = await run("unshare", by, { env: home.env });
  expect(stderr).toBe("");
  const { said, ...seen } = JSON.parse(stdout) as Record<string, unknown>;
  const port = Number(/127\.0\.0\.1:(\d+)\//.exec(String(said))?.[1]);
  expect(seen).toEqual({ before: [], during: [["127.0.0.1", port]], after: [] });
});

test("nothing secret is said, or stands in a command line", async () => {
  const { body } = await askEndpoint(access);
  const secrets = [
    access.token,
    body["SecretAccessKey"]!,
    body["Token"]!,
    home.user.secretAccessKey,
  ];
  const said = [serving.stderr, ...processesOf(home.home)];
  expect(said.length).toBeGreaterThan(1);
  expect(serving.stderr).toContain("debug");
  expect(secrets.filter((secret) => said.some((each) => each.includes(secret)))).toEqual([]);
  const printed = serving.stdout.replace(access.token, "");
  expect(secrets.filter((secret) => printed.includes(secret))).toEqual([]);
});
