import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import type { ClientRequest, IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { element } from "./signed-fetch.ts";

async function answerTo(request: ClientRequest): Promise<[number | undefined, string | undefined]> {
  request.end();
  const [response] = (await once(request, "response")) as [IncomingMessage];
  return [response.statusCode, element(await text(response), "Code")];
}

const UNSIGNED = [403, "MissingAuthenticationToken"];
const PATH = "/?Action=GetCallerIdentity";

describe("the server", () => {
  it("understands requests that come through a proxy, with the whole URL", async () => {
    const sandbox = await startSandbox();
    const path = `http://aws.example${PATH}`;
    expect(await answerTo(httpRequest(sandbox.url, { path }))).toEqual(UNSIGNED);
    expect(sandbox.calls).toMatchObject([{ service: "sts", operation: "GetCallerIdentity" }]);
    await sandbox.close();
  });

  it("takes the port it is given, or says that it is taken", async () => {
    const first = await startSandbox();
    const port = Number(new URL(first.url).port);
    await expect(startSandbox({ port })).rejects.toThrow("EADDRINUSE");
    await first.close();
    const second = await startSandbox({ port });
    expect(second.url).toBe(first.url);
    await second.close();
  });

  it("speaks TLS when it is given a certificate", async () => {
    const folder = await mkdtemp(join(tmpdir(), "awsmfa-tls-"));
    const [keyFile, certFile] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const subject = ["-subj", "/CN=sandbox", "-addext", "subjectAltName=IP:127.0.0.1"];
    const files = ["-keyout", keyFile, "-out", certFile];
    const kind = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"];
    await promisify(execFile)("openssl", [...kind, ...subject, ...files]);
    const [key, cert] = [await readFile(keyFile), await readFile(certFile)];
    await rm(folder, { recursive: true });
    const sandbox = await startSandbox({ tls: { key, cert } });
    expect(sandbox.url).toMatch(/^https:/);
    expect(await answerTo(httpsRequest(`${sandbox.url}${PATH}`, { ca: cert }))).toEqual(UNSIGNED);
    await sandbox.close();
  });

  it("answers when a listener fails, and says so", async () => {
    const sandbox = await startSandbox();
    sandbox.onCall(() => {
      throw new Error("the listener's own fault");
    });
    const response = await fetch(`${sandbox.url}${PATH}`);
    expect([response.status, await response.text()]).toEqual([
      500,
      "Sandbox: Error: the listener's own fault",
    ]);
    await sandbox.close();
  });
});
