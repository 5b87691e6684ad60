import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { element, errorOf, signedFetch, type RawRequest } from "./signed-fetch.ts";
import { assumeRole, getSessionToken, mfaSession, type Keys } from "./sts-client.ts";

let sandbox: Sandbox;
let mfa: Keys;
beforeAll(async () => {
  sandbox = await startSandbox();
  mfa = await mfaSession(sandbox);
});
afterAll(() => sandbox.close());

const BYTES = Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7) % 256));
const s3 = (request: Omit<RawRequest, "service">, keys = mfa) =>
  signedFetch(sandbox, keys, { service: "s3", ...request });
const iam = (query: Record<string, string>, keys: Keys) =>
  signedFetch(sandbox, keys, { service: "iam", query: { Version: "2010-05-08", ...query } });
const put = (path: string, body: string | Buffer, headers = {}) =>
  s3({ method: "PUT", path, body, headers });
const stored = (key: string) => sandbox.buckets.get("demo-photos")?.objects.get(key)?.body;

const ALICE = "arn:aws:iam::123456789012:user/alice";
const denied = (action: string, resource = "") =>
  [
    403,
    "AccessDenied",
    `User: ${ALICE} is not authorized to perform: ${action}${resource} with an explicit deny in an identity-based policy`,
  ] as const;

describe("without MFA", () => {
  it.each([
    ["GET", "/", {}, denied("s3:ListAllMyBuckets")],
    [
      "GET",
      "/demo-photos",
      {},
      denied("s3:ListBucket", ' on resource: "arn:aws:s3:::demo-photos"'),
    ],
    [
      "PUT",
      "/demo-photos/a/b",
      {},
      denied("s3:PutObject", ' on resource: "arn:aws:s3:::demo-photos/a/b"'),
    ],
    [
      "GET",
      "/demo-photos/a",
      {},
      denied("s3:GetObject", ' on resource: "arn:aws:s3:::demo-photos/a"'),
    ],
    [
      "POST",
      "/demo-photos/a",
      { uploads: "" },
      denied("s3:PutObject", ' on resource: "arn:aws:s3:::demo-photos/a"'),
    ],
  ])("%s %s %j is denied", async (method, path, query, error) => {
    const alice = sandbox.user("alice");
    expect(await errorOf(await s3({ method, path, query }, alice))).toEqual(error);
  });

  it("a session without MFA is denied S3 and cannot use IAM at all", async () => {
    const { keys } = await getSessionToken(sandbox, sandbox.user("alice"), {});
    expect(await errorOf(await s3({}, keys))).toEqual(denied("s3:ListAllMyBuckets"));
    const answer = await iam({ Action: "ListMFADevices" }, keys);
    expect((await errorOf(answer))[1]).toBe("InvalidClientTokenId");
  });

  it("a role is let in: the policy is the user's", async () => {
    const RoleArn = sandbox.role("readonly").arn;
    const { keys } = await assumeRole(sandbox, sandbox.user("alice"), { RoleArn });
    expect((await s3({}, keys)).status).toBe(200);
  });

  it("all is allowed where MFA is not required", async () => {
    const lax = await startSandbox({ requireMfa: false });
    expect((await signedFetch(lax, lax.user("alice"), { service: "s3" })).status).toBe(200);
    await lax.close();
  });
});

describe("ListMFADevices", () => {
  it.each([
    ["one's own, without MFA", {}, false, [200, "arn:aws:iam::123456789012:mfa/phone"]],
    [
      "one's own by name",
      { UserName: "alice" },
      false,
      [200, "arn:aws:iam::123456789012:mfa/phone"],
    ],
    ["somebody's, without MFA", { UserName: "bob" }, false, [403, undefined]],
    ["nobody's", { UserName: "bob" }, true, [404, undefined]],
  ])("%s", async (_name, query, proved, expected) => {
    const keys = proved ? mfa : sandbox.user("alice");
    const answer = await iam({ Action: "ListMFADevices", ...query }, keys);
    expect([answer.status, element(await answer.text(), "SerialNumber")]).toEqual(expected);
  });
});

describe("GetUser", () => {
  it("is denied without MFA, in the words of IAM", async () => {
    const answer = await iam({ Action: "GetUser" }, sandbox.user("alice"));
    expect(await errorOf(answer)).toEqual(denied("iam:GetUser", " on resource: user alice"));
  });

  it("tells about the caller", async () => {
    expect(element(await (await iam({ Action: "GetUser" }, mfa)).text(), "Arn")).toBe(ALICE);
  });
});

describe("objects", () => {
  it.each([
    ["plain", "plain.bin"],
    ["in folders", "a/b/c.bin"],
    ["with odd characters", "ü b+c&d<e>%f.bin"],
  ])("%s come back as they went", async (_name, key) => {
    const path = `/demo-photos/${key.split("/").map(encodeURIComponent).join("/")}`;
    expect((await put(path, BYTES)).status).toBe(200);
    expect(stored(key)).toEqual(BYTES);
    const back = await s3({ path });
    expect(Buffer.from(await back.arrayBuffer())).toEqual(BYTES);
    const head = await s3({ method: "HEAD", path });
    expect([head.headers.get("content-length"), head.headers.get("etag")]).toEqual([
      "3000",
      back.headers.get("etag"),
    ]);
    expect((await s3({ method: "DELETE", path })).status).toBe(204);
    expect(stored(key)).toBeUndefined();
  });

  it.each([
    ["bytes=10-19", "bytes 10-19/3000", 10],
    ["bytes=2990-", "bytes 2990-2999/3000", 10],
    ["bytes=2990-9999", "bytes 2990-2999/3000", 10],
  ])("the range %s", async (range, contentRange, length) => {
    await put("/demo-photos/range", BYTES);
    const part = await s3({ path: "/demo-photos/range", headers: { range } });
    expect([part.status, part.headers.get("content-range")]).toEqual([206, contentRange]);
    expect((await part.arrayBuffer()).byteLength).toBe(length);
  });

  it.each([
    ["GET", "/demo-photos/none", [404, "NoSuchKey", "The specified key does not exist."]],
    ["GET", "/none/none", [404, "NoSuchBucket", "The specified bucket does not exist"]],
    ["GET", "/none", [404, "NoSuchBucket", "The specified bucket does not exist"]],
    ["PUT", "/none/none", [404, "NoSuchBucket", "The specified bucket does not exist"]],
    ["HEAD", "/demo-photos/none", [404, undefined, undefined]],
  ])("%s %s finds nothing", async (method, path, error) => {
    expect(await errorOf(await s3({ method, path }))).toEqual(error);
  });
});

describe("chunked uploads of the JavaScript SDK", () => {
  const chunked = (size: number, body = BYTES) => {
    const pieces: Buffer[] = [];
    for (let at = 0; at < body.length; at += size) {
      const piece = body.subarray(at, at + size);
      pieces.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n"));
    }
    return Buffer.concat([...pieces, Buffer.from("0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n")]);
  };
  const headers = (length = BYTES.length) => ({
    "content-encoding": "aws-chunked",
    "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
    "x-amz-trailer": "x-amz-checksum-crc32",
    "x-amz-decoded-content-length": String(length),
  });

  it.each([[1], [7], [1024], [3000], [65_536]])("in pieces of %s bytes", async (size) => {
    expect((await put("/demo-photos/chunked", chunked(size), headers())).status).toBe(200);
    expect(stored("chunked")).toEqual(BYTES);
  });

  it.each([
    ["of another length", chunked(1024), 2999],
    ["that are none", "not chunked at all", 3000],
    ["that are cut off", chunked(1024).subarray(0, 2000), 3000],
  ])("those %s are refused", async (_name, body, length) => {
    const answer = await put("/demo-photos/chunked", body, headers(length));
    expect((await errorOf(answer))[1]).toBe("IncompleteBody");
  });
});

describe("multipart uploads", () => {
  it("join the parts in the order of their numbers", async () => {
    const path = "/demo-photos/big";
    const begun = await s3({ method: "POST", path, query: { uploads: "" } });
    const uploadId = element(await begun.text(), "UploadId") ?? "";
    for (const partNumber of ["10", "9", "1"]) {
      const body = `part ${partNumber};`;
      expect((await s3({ method: "PUT", path, query: { partNumber, uploadId }, body })).ok).toBe(
        true,
      );
    }
    expect((await s3({ method: "POST", path, query: { uploadId }, body: "<x/>" })).ok).toBe(true);
    expect(stored("big")?.toString()).toBe("part 1;part 9;part 10;");
    const again = await s3({ method: "POST", path, query: { uploadId } });
    expect((await errorOf(again))[1]).toBe("NoSuchUpload");
  });

  it("can be given up", async () => {
    const path = "/demo-photos/given-up";
    const begun = await s3({ method: "POST", path, query: { uploads: "" } });
    const uploadId = element(await begun.text(), "UploadId") ?? "";
    expect((await s3({ method: "DELETE", path, query: { uploadId } })).status).toBe(204);
    expect(sandbox.buckets.get("demo-photos")?.uploads.size).toBe(0);
  });
});

it("lists objects and folders", async () => {
  for (const key of ["b.txt", "a.txt", "x/1", "x/2", "x/y/3"])
    await put(`/demo-invoices/${key}`, key);
  const names = async (query: Record<string, string>) =>
    [
      ...(
        await (await s3({ path: "/demo-invoices", query: { "list-type": "2", ...query } })).text()
      ).matchAll(/<(?:Key|CommonPrefixes><Prefix)>([^<]*)</g),
    ].map(([, name]) => name);
  expect(await names({})).toEqual(["a.txt", "b.txt", "x/1", "x/2", "x/y/3"]);
  expect(await names({ delimiter: "/" })).toEqual(["a.txt", "b.txt", "x/"]);
  expect(await names({ delimiter: "/", prefix: "x/" })).toEqual(["x/1", "x/2", "x/y/"]);
});

describe("buckets", () => {
  it("come and go", async () => {
    const path = "/new-bucket";
    expect((await s3({ method: "PUT", path })).status).toBe(200);
    await put(`${path}/a`, "a");
    expect((await s3({ method: "PUT", path })).status).toBe(200);
    expect((await errorOf(await s3({ method: "DELETE", path })))[1]).toBe("BucketNotEmpty");
    await s3({ method: "DELETE", path: `${path}/a` });
    expect((await s3({ method: "DELETE", path })).status).toBe(204);
    expect((await s3({ method: "HEAD", path })).status).toBe(404);
  });
});

it("writes odd names as XML wants them", async () => {
  const odd = 'a&b<c>"d"';
  await put(`/demo-photos/${encodeURIComponent(odd)}`, "");
  const listed = await s3({ path: "/demo-photos", query: { prefix: "a&b" } });
  expect(await listed.text()).toContain("<Key>a&amp;b&lt;c&gt;&quot;d&quot;</Key>");
});

it("copies within S3", async () => {
  await put("/demo-photos/from%20here", BYTES);
  const source = (path: string) => ({ "x-amz-copy-source": path });
  await put("/demo-photos/to", "", source("/demo-photos/from%20here"));
  expect(stored("to")).toEqual(BYTES);
  const missing = await put("/demo-photos/to", "", source("demo-photos/none"));
  expect((await errorOf(missing))[1]).toBe("NoSuchKey");
});

it.each([
  ["POST", "/demo-photos", { delete: "" }],
  ["POST", "/", {}],
  ["PATCH", "/demo-photos/a", {}],
])("%s %s, which it lacks, is said so", async (method, path, query) => {
  expect((await errorOf(await s3({ method, path, query })))[1]).toBe("NotImplemented");
});
