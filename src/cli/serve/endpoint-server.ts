import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { containerAnswer } from "../../core/endpoint/container-answer.ts";
import { judgeRequest, pathOf } from "../../core/endpoint/judge-request.ts";
import type { SupplyOutcome } from "../../session/supply-outcome.ts";

/** Sessions by the names of their profiles. */
export type Served = ReadonlyMap<string, { get(): Promise<SupplyOutcome> }>;

/** Connections that may wait to be taken: a program may start with a thousand clients. */
const backlog = 4096;

/** In milliseconds: a connection without a request takes a descriptor from those who have one. */
const patience = {
  headersTimeout: 5000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 1000,
};

/** A container-credentials endpoint on this computer's loopback, at a port that is free. */
export class EndpointServer {
  /** What a request must know: 32 random bytes. */
  readonly token = randomBytes(32).toString("base64url");
  private readonly tokenHash = hashOf(this.token);
  private readonly server: Server;
  private readonly served: Served;

  private constructor(served: Served) {
    this.served = served;
    this.server = createServer(
      patience,
      (request, response) => void this.answer(request, response),
    );
  }

  /** Begins to listen. Throws the system's error. */
  static async open(served: Served): Promise<EndpointServer> {
    const endpoint = new EndpointServer(served);
    endpoint.server.listen({ host: "127.0.0.1", port: 0, backlog });
    await once(endpoint.server, "listening");
    return endpoint;
  }

  /** Where the session of a profile is. */
  url(profile: string): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}${pathOf(profile)}`;
  }

  /** Ends all conversations. */
  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url: path, headers, headersDistinct } = request;
    const { authorization } = headers;
    const verdict = judgeRequest(
      { method, hosts: headersDistinct["host"], authorization, path },
      { isToken: (text) => this.isToken(text), profiles: [...this.served.keys()] },
    );
    if (verdict.kind === "refused") {
      const { status, code, message } = verdict;
      reply(response, status, { code, message });
      return;
    }
    const supplied = await this.served.get(verdict.profile)?.get();
    if (supplied?.kind === "supplied") reply(response, 200, containerAnswer(supplied.session));
    else reply(response, 503, { code: supplied?.failure.code, message: supplied?.failure.message });
  }

  /** Compares hashes, in a time that tells nothing of how much is right. */
  private isToken(text: string): boolean {
    return timingSafeEqual(hashOf(text), this.tokenHash);
  }
}

function hashOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function reply(
  response: ServerResponse,
  status: number,
  body: Readonly<Record<string, string | undefined>>,
): void {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
    ...(status === 405 && { allow: "GET" }),
  });
  response.end(text);
}
