import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { listMfaDevices, type DevicesAnswer } from "../../src/aws/iam.ts";
import { parseIni } from "../../src/core/aws-files/ini.ts";
import { profileFiles } from "../../src/core/aws-files/profile.ts";
import type { Environment } from "../../src/core/environment.ts";
import { serviceTarget } from "../../src/core/service/service-target.ts";
import {
  startSandbox,
  type AccessKeyPair,
  type SandboxOptions,
} from "../../src/sandbox/sandbox.ts";

interface Asking {
  readonly env: Environment;
  /** Of the profile whose keys they are. */
  readonly settings?: string;
  readonly arn?: string;
  readonly withinMs?: number;
}

/** Asks with these keys as the profile that holds them would. */
function list(
  { accessKeyId, secretAccessKey }: AccessKeyPair,
  { env, settings = "", arn = "", ...patience }: Asking,
): Promise<DevicesAnswer> {
  const files = profileFiles(parseIni(`[profile p]\n${settings}\n`), parseIni(""));
  const iam = serviceTarget("IAM", env, files, [files.find("p")!], arn);
  const keys = { accessKeyId, secretAccessKey, sessionToken: undefined };
  return listMfaDevices({ keys, iam, env, ...patience });
}

const nobody = { accessKeyId: "AKIAABCDEFGHIJKLMNOP", secretAccessKey: "s".repeat(40) };
const hardware = { serial: "GAHT12345678", secret: "JBSWY3DPEHPK3PXP" };

describe("the devices of the keys' own user", () => {
  test.each<[name: string, devices: (string | typeof hardware)[], serials: string[]]>([
    ["none", [], []],
    ["one", ["phone"], ["arn:aws:iam::123456789012:mfa/phone"]],
    [
      "several",
      ["phone", "tablet", hardware],
      [
        "arn:aws:iam::123456789012:mfa/phone",
        "arn:aws:iam::123456789012:mfa/tablet",
        "GAHT12345678",
      ],
    ],
  ])("%s", async (_name, devices, serials) => {
    const users = [
      { name: "bob", devices: ["other"] },
      { name: "alice", devices },
    ];
    const sandbox = await startSandbox({ users });
    const env = { AWS_ENDPOINT_URL: sandbox.url };
    expect(await list(sandbox.user("alice"), { env })).toEqual({ kind: "devices", serials });
    expect(sandbox.calls).toMatchObject([{ service: "iam", operation: "ListMFADevices" }]);
    await sandbox.close();
  });

  test("page by page", async () => {
    const asked: string[] = [];
    const server = createServer((incoming, outgoing) => {
      let body = "";
      incoming.on("data", (chunk: Buffer) => (body += chunk.toString()));
      incoming.on("end", () => {
        const marker = new URLSearchParams(body).get("Marker");
        asked.push(marker ?? "");
        outgoing.end(page(marker === null ? 1 : Number(marker)));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const env = { AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
    expect(await list(nobody, { env })).toEqual({
      kind: "devices",
      serials: ["GAHT00000001", "GAHT00000002", "GAHT00000003"],
    });
    expect(asked).toEqual(["", "2", "3"]);
    server.close();
  });
});

/** A page of one device, of three pages. */
function page(number: number): string {
  const device = `<member><UserName>a</UserName><SerialNumber>GAHT0000000${number}</SerialNumber><EnableDate>2020-01-01T00:00:00Z</EnableDate></member>`;
  const more = number < 3 ? `<Marker>${number + 1}</Marker>` : "";
  return (
    `<ListMFADevicesResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListMFADevicesResult>` +
    `<MFADevices>${device}</MFADevices><IsTruncated>${number < 3}</IsTruncated>${more}` +
    `</ListMFADevicesResult></ListMFADevicesResponse>`
  );
}

describe("why not", () => {
  test("no answer as soon as it is wanted", async () => {
    const sandbox = await startSandbox();
    sandbox.trouble.latencyMs = 10_000;
    const started = Date.now();
    const asking = { env: { AWS_ENDPOINT_URL: sandbox.url }, withinMs: 300 };
    const answer = await list(sandbox.user("alice"), asking);
    expect(answer).toMatchObject({ kind: "rejected", rejection: { status: undefined } });
    expect(Date.now() - started).toBeLessThan(5000);
    await sandbox.close();
  });

  interface Case {
    name: string;
    options?: SandboxOptions;
    trouble?: { status: number; code?: string; message?: string; body?: string; times?: number };
    env?: Environment;
    keys?: AccessKeyPair;
    code: string;
    status?: number;
    calls: number;
  }

  test.concurrent.each<Case>([
    {
      name: "a policy",
      trouble: { status: 403, code: "AccessDenied", message: "not authorized" },
      code: "AccessDenied",
      status: 403,
      calls: 1,
    },
    { name: "unknown keys", keys: nobody, code: "InvalidClientTokenId", status: 403, calls: 1 },
    {
      name: "a page of somebody else's",
      trouble: { status: 200, body: "<html>sign in</html>" },
      code: "UnexpectedAnswer",
      status: 200,
      calls: 1,
    },
    {
      name: "a fault of AWS's own, three times",
      trouble: { status: 500, times: 3 },
      code: "InternalFailure",
      status: 500,
      calls: 3,
    },
    {
      name: "nobody there",
      env: { AWS_ENDPOINT_URL_IAM: "http://127.0.0.1:1" },
      code: "ECONNREFUSED",
      calls: 0,
    },
  ])("$name: $code", async ({ trouble, env, keys, code, status, calls }) => {
    const sandbox = await startSandbox();
    if (trouble) sandbox.trouble.fail(trouble);
    const asking = { env: { AWS_ENDPOINT_URL: sandbox.url, ...env } };
    const answer = await list(keys ?? sandbox.user("alice"), asking);
    expect(answer).toMatchObject({ kind: "rejected", rejection: { code, status } });
    expect(sandbox.calls).toHaveLength(calls);
    await sandbox.close();
  });

  test.concurrent("a fault that passes is none", async () => {
    const sandbox = await startSandbox();
    sandbox.trouble.fail({ status: 503, times: 2 });
    const answer = await list(sandbox.user("alice"), { env: { AWS_ENDPOINT_URL: sandbox.url } });
    expect(answer).toMatchObject({ kind: "devices" });
    await sandbox.close();
  });

  test("the secret is not quoted", async () => {
    const sandbox = await startSandbox();
    const alice = sandbox.user("alice");
    const message = `bad ${alice.secretAccessKey}`;
    sandbox.trouble.fail({ status: 400, code: "ValidationError", message });
    const answer = await list(alice, { env: { AWS_ENDPOINT_URL: sandbox.url } });
    expect(answer).toMatchObject({ kind: "rejected", rejection: { message: "bad …" } });
    await sandbox.close();
  });
});

describe("where it is asked", () => {
  const dead = "http://127.0.0.1:1";

  test.each<[name: string, asking: (url: string) => Asking]>([
    [
      "AWS_ENDPOINT_URL_IAM",
      (url) => ({ env: { AWS_ENDPOINT_URL_IAM: url, AWS_ENDPOINT_URL: dead } }),
    ],
    ["AWS_ENDPOINT_URL", (url) => ({ env: { AWS_ENDPOINT_URL: url, AWS_ENDPOINT_URL_STS: dead } })],
    ["the profile's endpoint_url", (url) => ({ env: {}, settings: `endpoint_url = ${url}` })],
    [
      "the services section",
      (url) => ({
        env: {},
        settings: `services = s\nendpoint_url = ${dead}\n[services s]\niam =\n  endpoint_url = ${url}\nsts =\n  endpoint_url = ${dead}`,
      }),
    ],
    ["HTTP_PROXY", (url) => ({ env: { AWS_ENDPOINT_URL: "http://iam.test", HTTP_PROXY: url } })],
  ])("%s", async (_name, asking) => {
    const sandbox = await startSandbox();
    const answer = await list(sandbox.user("alice"), asking(sandbox.url));
    expect(answer).toMatchObject({ kind: "devices" });
    expect(sandbox.calls).toHaveLength(1);
    await sandbox.close();
  });

  test.concurrent.each<[settings: string, arn: string, host: string]>([
    ["", "", "iam.amazonaws.com"],
    ["region = eu-west-1", "", "iam.amazonaws.com"],
    ["region = cn-northwest-1", "", "iam.cn-north-1.amazonaws.com.cn"],
    ["region = us-gov-east-1", "", "iam.us-gov.amazonaws.com"],
    ["", "arn:aws-cn:iam::123456789012:user/a", "iam.cn-north-1.amazonaws.com.cn"],
    ["", "arn:aws-us-gov:iam::123456789012:user/a", "iam.us-gov.amazonaws.com"],
    [`endpoint_url = ${dead}\nignore_configured_endpoint_urls = true`, "", "iam.amazonaws.com"],
  ])("AWS's own for %j and %j: %s", async (settings, arn, host) => {
    const seen: string[] = [];
    const proxy = createServer().on("connect", ({ url }, socket) => {
      seen.push(String(url));
      socket.end("HTTP/1.1 502 No\r\n\r\n");
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const env = { HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
    const answer = await list(nobody, { env, settings, arn });
    expect(answer).toMatchObject({ rejection: { code: "UnexpectedAnswer", status: 502 } });
    expect(new Set(seen)).toEqual(new Set([`${host}:443`]));
    proxy.close();
  });

  test.each([
    [{ AWS_ENDPOINT_URL_IAM: "nowhere" }, /"nowhere" is not an endpoint URL/],
    [{ AWS_REGION: "us east" }, /"us east" is not a region/],
    [{ HTTPS_PROXY: "socks5://x" }, /HTTPS_PROXY is not the URL of an HTTP proxy/],
    [{ AWS_CA_BUNDLE: "/nowhere" }, /certificates in \/nowhere cannot be read/],
  ])("%j: 253", async (env, says) => {
    await expect(list(nobody, { env })).rejects.toMatchObject({
      exitCode: 253,
      message: expect.stringMatching(says) as string,
    });
  });
});
