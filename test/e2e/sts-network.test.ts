import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as forward, type Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startLab, type Lab } from "../support/lab.ts";
import { runAwsmfa, type Ended } from "../support/run.ts";

const dead = "http://127.0.0.1:1";

/** Asks for a session with a right code, from an `aws` that only says that it ran. */
async function signIn(lab: Lab, env: Record<string, string | undefined> = {}): Promise<Ended> {
  lab.fakeAws("echo ran");
  const all = { ...lab.env, AWS_MFA_TOKEN: lab.sandbox.freshCode("alice"), ...env };
  const defined = Object.entries(all).filter(([, value]) => value !== undefined);
  const chosen = Object.fromEntries(defined) as Record<string, string>;
  return runAwsmfa(["session", "x"], { env: chosen });
}

const success = { code: 0, stdout: "ran\n", stderr: "" };

describe("region", () => {
  interface Case {
    name: string;
    env?: Record<string, string>;
    /** Of the profile. */
    region?: string;
    partition?: string;
    signed: string;
  }

  test.concurrent.each<Case>([
    {
      name: "AWS_REGION first",
      env: { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-2" },
      region: "eu-west-3",
      signed: "eu-west-1",
    },
    {
      name: "then AWS_DEFAULT_REGION",
      env: { AWS_REGION: "", AWS_DEFAULT_REGION: "eu-west-2" },
      region: "eu-west-3",
      signed: "eu-west-2",
    },
    { name: "then the profile's", region: "eu-west-3", signed: "eu-west-3" },
    { name: "none, and a device of aws", signed: "us-east-1" },
    { name: "none, and a device of aws-us-gov", partition: "aws-us-gov", signed: "us-gov-west-1" },
    { name: "none, and a device of aws-cn", partition: "aws-cn", signed: "cn-northwest-1" },
    { name: "an empty one of the profile is none", region: " ", signed: "us-east-1" },
  ])("$name: $signed", async ({ env, region, partition = "aws", signed }) => {
    await using lab = await startLab({ users: [{ name: "alice", devices: ["phone"], partition }] });
    const setting = region === undefined ? "" : `region = ${region}\n`;
    lab.write(".aws/config", `[profile dev]\nmfa_serial = ${lab.serial}\n${setting}`);
    expect(await signIn(lab, env)).toMatchObject(success);
    expect(lab.sandbox.calls).toMatchObject([{ operation: "GetSessionToken", region: signed }]);
  });
});

describe("endpoint", () => {
  const url = "SANDBOX";

  test.concurrent.each([
    ["AWS_ENDPOINT_URL_STS", { AWS_ENDPOINT_URL_STS: url, AWS_ENDPOINT_URL: dead }, dead, dead],
    ["AWS_ENDPOINT_URL", { AWS_ENDPOINT_URL: url }, dead, dead],
    ["empty variables", { AWS_ENDPOINT_URL_STS: "", AWS_ENDPOINT_URL: "" }, url, dead],
    ["sts in [services]", { AWS_ENDPOINT_URL: undefined }, url, dead],
    ["the profile's endpoint_url", { AWS_ENDPOINT_URL: undefined }, undefined, url],
    [
      "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=false",
      { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "false", AWS_ENDPOINT_URL: url },
      dead,
      "ignored",
    ],
  ])("%s wins", async (_name, env, services, ofProfile) => {
    await using lab = await startLab();
    const real = (text = ""): string => text.replace(url, lab.sandbox.url);
    const lines = [
      "[profile dev]",
      `mfa_serial = ${lab.serial}`,
      "region = us-east-1",
      services === undefined ? "" : "services = mine",
      ofProfile === "ignored"
        ? "ignore_configured_endpoint_urls = true"
        : `endpoint_url = ${real(ofProfile)}`,
      "[services mine]",
      "sts =",
      `  endpoint_url = ${real(services)}`,
      "s3 =",
      `  endpoint_url = ${dead}`,
      "",
    ];
    lab.write(".aws/config", lines.join("\n"));
    const entries = Object.entries(env).map(([name, value]) => [name, value && real(value)]);
    expect(await signIn(lab, Object.fromEntries(entries))).toMatchObject(success);
    expect(lab.sandbox.calls).toHaveLength(1);
  });

  interface Own {
    name: string;
    env?: Record<string, string | undefined>;
    setting?: string;
    host: string;
  }

  test.concurrent.each<Own>([
    { name: "eu-central-1", host: "sts.eu-central-1.amazonaws.com" },
    { name: "us-east-1", host: "sts.us-east-1.amazonaws.com" },
    { name: "cn-north-1", host: "sts.cn-north-1.amazonaws.com.cn" },
    { name: "us-gov-east-1", host: "sts.us-gov-east-1.amazonaws.com" },
    {
      name: "eu-west-1, configured ones ignored by a variable",
      env: { AWS_ENDPOINT_URL: dead, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" },
      setting: `endpoint_url = ${dead}`,
      host: "sts.eu-west-1.amazonaws.com",
    },
    {
      name: "eu-west-1, configured ones ignored by the profile",
      env: { AWS_ENDPOINT_URL: dead, AWS_ENDPOINT_URL_STS: dead },
      setting: `ignore_configured_endpoint_urls = true`,
      host: "sts.eu-west-1.amazonaws.com",
    },
    {
      name: "eu-west-1, whatever the SDK itself would read",
      env: { AWS_USE_FIPS_ENDPOINT: "true", AWS_USE_DUALSTACK_ENDPOINT: "true" },
      host: "sts.eu-west-1.amazonaws.com",
    },
  ])("AWS's own for $name", async ({ name, env, setting = "", host }) => {
    await using proxy = await startProxy({ refuse: 502 });
    await using lab = await startLab();
    const [region] = name.split(",");
    const config = `[profile dev]\nmfa_serial = ${lab.serial}\nregion = ${region}\n${setting}\n`;
    lab.write(".aws/config", config);
    const all = { AWS_ENDPOINT_URL: undefined, HTTPS_PROXY: proxy.url, ...env };
    const ended = await signIn(lab, all);
    expect(ended.code).toBe(255);
    expect(ended.stderr).toContain(`the answer (HTTP 502) was not one of STS`);
    expect(ended.stderr).toContain(`STS ${region})`);
    expect(proxy.seen).toEqual([`CONNECT ${host}:443`]);
  });
});

test.concurrent.each([
  [{ AWS_ENDPOINT_URL: "nowhere" }, '"nowhere" is not an endpoint URL'],
  [{ AWS_ENDPOINT_URL_STS: "ftp://x" }, '"ftp://x" is not an endpoint URL'],
  [{ AWS_ENDPOINT_URL: "https://" }, '"https://" is not an endpoint URL'],
  [{ AWS_ENDPOINT_URL: "http://a b/" }, '"http://a b/" is not an endpoint URL'],
  [{ AWS_ENDPOINT_URL: "me:hunter2@host" }, '"host" is not an endpoint URL'],
  [{ AWS_REGION: "us east" }, '"us east" is not a region'],
  [{ AWS_REGION: "us-east-1/", AWS_ENDPOINT_URL: "" }, '"us-east-1/" is not a region'],
  [{ AWS_REGION: "-x", AWS_ENDPOINT_URL: "" }, '"-x" is not a region'],
  [{ AWS_REGION: "12", AWS_ENDPOINT_URL: "" }, '"12" is not a region'],
  [{ AWS_REGION: "x@evil.example", AWS_ENDPOINT_URL: "" }, "is not a region"],
  [{ HTTP_PROXY: "socks5://me:hunter2@x" }, "HTTP_PROXY is not the URL of an HTTP proxy"],
  [{ http_proxy: "http://me:hunter2@" }, "HTTP_PROXY is not the URL of an HTTP proxy"],
  [{ HTTPS_PROXY: "::", AWS_ENDPOINT_URL: "https://127.0.0.1" }, "HTTPS_PROXY is not"],
])("%j: 253 and advice, before a code is asked for", async (env, says) => {
  await using lab = await startLab();
  const more = { AWS_MFA_TOKEN: undefined, AWS_MFA_PROCESS: 'touch "$HOME/asked"; echo 123456' };
  const ended = await signIn(lab, { ...more, ...env });
  expect(ended).toMatchObject({ code: 253, stdout: "" });
  expect(ended.stderr).toMatch(/^awsmfa: .*\n {2}.*\n$/);
  expect(ended.stderr).toContain(says);
  expect(ended.stderr).not.toContain("hunter2");
  expect(() => readFileSync(join(lab.home, "asked"))).toThrow("ENOENT");
});

describe("HTTP proxy", () => {
  interface Case {
    name: string;
    env: (proxy: Proxy, lab: Lab) => Record<string, string>;
    used: boolean;
    authorization?: string;
  }

  test.concurrent.each<Case>([
    { name: "HTTP_PROXY", env: ({ url }) => ({ HTTP_PROXY: url }), used: true },
    { name: "http_proxy", env: ({ url }) => ({ http_proxy: url, HTTP_PROXY: dead }), used: true },
    {
      name: "an empty http_proxy takes HTTP_PROXY away",
      env: () => ({ http_proxy: "", HTTP_PROXY: dead }),
      used: false,
    },
    { name: "host:port", env: ({ host }) => ({ HTTP_PROXY: host }), used: true },
    { name: "//host:port", env: ({ host }) => ({ HTTP_PROXY: `//${host}` }), used: true },
    {
      name: "with a name and a password",
      env: ({ host }) => ({ HTTP_PROXY: `http://me:a%40b@${host}` }),
      used: true,
      authorization: `Basic ${btoa("me:a@b")}`,
    },
    { name: "HTTPS_PROXY is not for http", env: () => ({ HTTPS_PROXY: dead }), used: false },
    {
      name: "ALL_PROXY is not for the AWS CLI",
      env: () => ({ ALL_PROXY: "socks5://x" }),
      used: false,
    },
    ...["127.0.0.1", " x.example , 127.0.0.1", "*", "0.0.1", ".0.0.1", "PORT"].map((noProxy) => ({
      name: `NO_PROXY=${noProxy}`,
      env: (_: Proxy, { sandbox }: Lab) => ({
        HTTP_PROXY: dead,
        NO_PROXY: noProxy.replace("PORT", new URL(sandbox.url).host),
      }),
      used: false,
    })),
    ...["27.0.0.1", "127.0.0.1:1", "x.example", "*.0.0.1", ","].map((noProxy) => ({
      name: `NO_PROXY=${noProxy}`,
      env: ({ url }: Proxy) => ({ HTTP_PROXY: url, NO_PROXY: noProxy }),
      used: true,
    })),
  ])("$name: used $used", async ({ env, used, authorization }) => {
    await using lab = await startLab();
    await using proxy = await startProxy();
    expect(await signIn(lab, env(proxy, lab))).toMatchObject(success);
    expect(proxy.seen).toEqual(used ? [`POST ${lab.sandbox.url}/`] : []);
    expect(proxy.authorization).toBe(authorization);
    expect(lab.sandbox.calls).toHaveLength(1);
  });

  test("one that is not there: 255", async () => {
    await using lab = await startLab();
    const ended = await signIn(lab, { HTTP_PROXY: dead });
    expect(ended).toMatchObject({ code: 255, stdout: "" });
    expect(ended.stderr).toContain("could not be reached (ECONNREFUSED;");
    expect(ended.stderr).toContain("the proxy variables");
  });
});

describe("HTTPS", () => {
  let folder: string;
  const tls = { key: "", cert: "" };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "awsmfa-tls-"));
    makeCertificates(folder);
    tls.key = readFileSync(join(folder, "server.key"), "utf8");
    tls.cert = readFileSync(join(folder, "server.pem"), "utf8");
    mkdirSync(join(folder, "folder"));
    writeFileSync(join(folder, "garbage"), "no certificate\n");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  interface Case {
    name: string;
    /** File names in the folder of the certificates. */
    bundle?: string;
    ofProfile?: string;
    host?: string;
    proxied?: boolean;
    exit: number;
    says?: RegExp;
  }

  const distrusted = /certificate of the STS endpoint is not trusted \(\w+;.*\n {2}.*AWS_CA_BUNDLE/;

  test.concurrent.each<Case>([
    { name: "AWS_CA_BUNDLE", bundle: "ca.pem", exit: 0 },
    { name: "a bundle of several", bundle: "both.pem", exit: 0 },
    { name: "ca_bundle", ofProfile: "ca.pem", exit: 0 },
    { name: "AWS_CA_BUNDLE beats ca_bundle", bundle: "ca.pem", ofProfile: "absent", exit: 0 },
    { name: "none", exit: 255, says: distrusted },
    { name: "a bundle of somebody else", bundle: "other-ca.pem", exit: 255, says: distrusted },
    { name: "a bundle that holds none", bundle: "garbage", exit: 255, says: distrusted },
    { name: "another host", bundle: "ca.pem", host: "localhost", exit: 255, says: distrusted },
    {
      name: "no bundle there",
      bundle: "absent",
      exit: 253,
      says: /absent cannot be read \(ENOENT\)/,
    },
    { name: "a folder", ofProfile: "folder", exit: 253, says: /folder cannot be read \(EISDIR\)/ },
    { name: "AWS_CA_BUNDLE, proxied", bundle: "ca.pem", proxied: true, exit: 0 },
    {
      name: "AWS_CA_BUNDLE, proxied, by name",
      bundle: "ca.pem",
      host: "sts.test",
      proxied: true,
      exit: 0,
    },
    ...["localhost", "127.0.0.2", "STS.test.example"].map((host) => ({
      name: `another host (${host}), proxied`,
      bundle: "ca.pem",
      host,
      proxied: true,
      exit: 255,
      says: distrusted,
    })),
    { name: "ca_bundle, proxied", ofProfile: "ca.pem", proxied: true, exit: 0 },
    { name: "none, proxied", proxied: true, exit: 255, says: distrusted },
    {
      name: "a bundle of somebody else, proxied",
      bundle: "other-ca.pem",
      proxied: true,
      exit: 255,
      says: distrusted,
    },
  ])("$name: $exit", async ({ bundle, ofProfile, host = "127.0.0.1", proxied, exit, says }) => {
    await using lab = await startLab({ tls });
    await using proxy = await startProxy();
    const setting = ofProfile === undefined ? "" : `ca_bundle = ${join(folder, ofProfile)}\n`;
    lab.write(
      ".aws/config",
      `[profile dev]\nregion = us-east-1\nmfa_serial = ${lab.serial}\n${setting}`,
    );
    const url = lab.sandbox.url.replace("127.0.0.1", host);
    const ended = await signIn(lab, {
      AWS_ENDPOINT_URL: url,
      AWS_CA_BUNDLE: bundle && join(folder, bundle),
      // Without a scheme, as many have it: the proxy itself speaks plain HTTP.
      ...(proxied && { HTTPS_PROXY: proxy.host }),
    });
    if (exit === 0) expect(ended).toMatchObject(success);
    else expect(ended).toMatchObject({ code: exit, stdout: "" });
    expect(ended.stderr).toMatch(says ?? /^$/);
    expect(lab.sandbox.calls).toHaveLength(exit === 0 ? 1 : 0);
    expect(proxy.seen).toEqual(proxied ? [`CONNECT ${new URL(url).host}`] : []);
  });

  test.concurrent.each([
    [403, {}, "UnexpectedAnswer"],
    [407, {}, "HTTPS_PROXY=http://name:password@host:port"],
  ])("a proxy that answers CONNECT with %i: 255", async (refuse, env, says) => {
    await using lab = await startLab({ tls });
    await using proxy = await startProxy({ refuse });
    const bundle = join(folder, "ca.pem");
    const ended = await signIn(lab, { HTTPS_PROXY: proxy.url, AWS_CA_BUNDLE: bundle, ...env });
    expect(ended).toMatchObject({ code: 255, stdout: "" });
    expect(ended.stderr).toContain(`the answer (HTTP ${refuse}) was not one of STS`);
    expect(ended.stderr).toContain(says);
  });

  test("NO_PROXY holds for HTTPS as well", async () => {
    await using lab = await startLab({ tls });
    const env = { HTTPS_PROXY: dead, NO_PROXY: "127.0.0.1", AWS_CA_BUNDLE: join(folder, "ca.pem") };
    expect(await signIn(lab, env)).toMatchObject(success);
  });

  test("https:// where http:// is meant: 255", async () => {
    await using lab = await startLab();
    const ended = await signIn(lab, { AWS_ENDPOINT_URL: lab.sandbox.url.replace("http", "https") });
    expect(ended).toMatchObject({ code: 255, stdout: "" });
    expect(ended.stderr).toMatch(
      /does not speak TLS as it should \(EPROTO;.*\n.*http:\/\/ is meant/,
    );
  });
});

describe("the SDK by itself", () => {
  test("reads no AWS file: both are opened once, by us", async () => {
    await using lab = await startLab();
    const hook = lab.write("hook.cjs", noteEveryRead);
    const ended = await signIn(lab, {
      NODE_OPTIONS: `--require ${hook}`,
      READS: join(lab.home, "reads"),
    });
    expect(ended).toMatchObject(success);
    const reads = readFileSync(join(lab.home, "reads"), "utf8").trim().split("\n");
    const inAws = reads.map((path) => relative(join(lab.home, ".aws"), path));
    expect(inAws.filter((path) => /^(?!\.\.|aws-mfa-secure-sessions)/.test(path)).sort()).toEqual([
      "config",
      "credentials",
    ]);
  });

  test("is not moved by anything that is set for it, and prints nothing", async () => {
    await using lab = await startLab();
    const junk = [
      "retry_mode",
      "max_attempts",
      "defaults_mode",
      "use_fips_endpoint",
      "use_dualstack_endpoint",
      "sts_regional_endpoints",
      "sdk_ua_app_id",
      "account_id_endpoint_mode",
      "sigv4a_signing_region_set",
      "auth_scheme_preference",
      "disable_clock_skew_correction",
      "request_checksum_calculation",
      "response_checksum_validation",
      "disable_request_compression",
      "request_min_compression_size_bytes",
    ];
    const settings = junk.map((name) => `${name} = junk\n`).join("");
    lab.write(".aws/config", `[profile dev]\nmfa_serial = ${lab.serial}\n${settings}`);
    const variables = junk.map((name) => [`AWS_${name.toUpperCase()}`, "junk"] as const);
    const ended = await signIn(lab, {
      ...Object.fromEntries(variables),
      AWS_SDK_UA_APP_ID: "x".repeat(100),
      AWS_EXECUTION_ENV: "junk",
    });
    expect(ended).toMatchObject(success);
    expect(lab.sandbox.calls).toMatchObject([{ operation: "GetSessionToken", status: 200 }]);
  });
});

/** Loaded before the program: writes down each file that is opened or read, by whatever call. */
const noteEveryRead = `
const fs = require("node:fs");
const { appendFileSync, openSync } = fs;
const log = openSync(process.env.READS, "a");
// Some of these calls stand on others of them.
let inside = false;
for (const [owner, names] of [
  [fs, ["open", "openSync", "readFile", "readFileSync", "createReadStream"]],
  [fs.promises, ["open", "readFile"]],
]) {
  for (const name of names) {
    const real = owner[name];
    owner[name] = function (path, ...rest) {
      const outermost = !inside;
      inside = true;
      try {
        if (outermost && typeof path !== "number") appendFileSync(log, path + "\\n");
        return real.call(this, path, ...rest);
      } finally {
        if (outermost) inside = false;
      }
    };
  }
}
`;

interface Proxy extends AsyncDisposable {
  readonly url: string;
  /** Its name and port. */
  readonly host: string;
  /** What it was asked for: method and target. */
  readonly seen: readonly string[];
  readonly authorization: string | undefined;
}

/** A small proxy for HTTP and CONNECT, which finds every host on this machine; with `refuse` it answers every CONNECT with that status. */
async function startProxy({ refuse }: { refuse?: number } = {}): Promise<Proxy> {
  const seen: string[] = [];
  const sockets = new Set<Socket>();
  let authorization: string | undefined;
  const server: Server = createServer((incoming, outgoing) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    authorization = incoming.headers["proxy-authorization"];
    const { method, headers } = incoming;
    const onward = forward(incoming.url!, { method: method!, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.on("connect", ({ url }, client: Socket) => {
    seen.push(`CONNECT ${url}`);
    client.on("error", () => undefined);
    if (refuse !== undefined) {
      client.end(`HTTP/1.1 ${refuse} No\r\ncontent-type: text/html\r\n\r\n<html>No<br></html>`);
      return;
    }
    const { port } = new URL(`http://${url}`);
    const target = connect(Number(port), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 OK\r\n\r\n");
      target.pipe(client).pipe(target);
    });
    target.on("error", () => client.destroy());
    sockets.add(target);
  });
  server.on("connection", (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    seen,
    get authorization() {
      return authorization;
    },
    async [Symbol.asyncDispose]() {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Two authorities, and a certificate for 127.0.0.1 and sts.test by the first of them. */
function makeCertificates(folder: string): void {
  const openssl = (...args: string[]): void =>
    void execFileSync("openssl", args, { cwd: folder, stdio: "ignore" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  for (const name of ["ca", "other-ca"]) {
    const files = ["-keyout", `${name}.key`, "-out", `${name}.pem`];
    openssl("req", "-x509", ...key, "-days", "2", "-subj", `/CN=${name}`, ...files);
  }
  openssl("req", ...key, "-subj", "/CN=server", "-keyout", "server.key", "-out", "server.csr");
  writeFileSync(join(folder, "names"), "subjectAltName=IP:127.0.0.1,DNS:sts.test\n");
  const issuer = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2"];
  openssl(
    "x509",
    "-req",
    "-in",
    "server.csr",
    ...issuer,
    "-extfile",
    "names",
    "-out",
    "server.pem",
  );
  const both = ["other-ca.pem", "ca.pem"].map((name) => readFileSync(join(folder, name), "utf8"));
  writeFileSync(join(folder, "both.pem"), both.join("\n"));
}
