import { setMaxListeners } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createTlsServer } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { readIncoming, type Incoming } from "./incoming.ts";
import type { Reply } from "./reply.ts";
import type { TlsOptions } from "./sandbox-options.ts";

/** Gives the reply to a request; undefined to hang up. */
export type Responder = (incoming: Incoming) => Promise<Reply | undefined>;

/** Where and how to serve; what is a function is asked anew with each request. */
export interface ServerSettings {
  readonly latencyMs: () => number;
  readonly now: () => Date;
  /** 0 takes a free one. */
  readonly port: number;
  readonly tls: TlsOptions | undefined;
}

/** An HTTP server that listens. */
export interface HttpServer {
  readonly url: string;
  /** Ends at once, whatever is still open. */
  readonly close: () => Promise<void>;
}

/** Serves `respond` on 127.0.0.1. */
export async function listen(respond: Responder, settings: ServerSettings): Promise<HttpServer> {
  const { port, tls, latencyMs, now } = settings;
  const closing = new AbortController();
  // One listener for each answer under way, however many there are.
  setMaxListeners(0, closing.signal);
  const serve: RequestListener = async (request, response) => {
    try {
      const reply = await respond(await readIncoming(request)).catch(ownFailure);
      await sleep(latencyMs(), undefined, { signal: closing.signal });
      if (reply) send(request, response, reply, now());
      else request.socket.destroy();
    } catch {
      // The client went away or the server closes: there is nobody to tell.
      request.socket.destroy();
    }
  };
  const server = tls ? createTlsServer({ ...tls }, serve) : createServer(serve);
  server.keepAliveTimeout = 60_000;
  await listening(server, port);
  const close = async (): Promise<void> => {
    closing.abort();
    await closed(server);
  };
  return { url: urlOf(server, tls ? "https" : "http"), close };
}

function ownFailure(error: unknown): Reply {
  return { status: 500, headers: { "content-type": "text/plain" }, body: `Sandbox: ${error}` };
}

function send(request: IncomingMessage, response: ServerResponse, reply: Reply, now: Date): void {
  response.writeHead(reply.status, {
    ...(reply.status !== 204 && { "content-length": Buffer.byteLength(reply.body) }),
    server: "awsmfa-sandbox",
    ...reply.headers,
    // Clients correct their clocks by it.
    date: now.toUTCString(),
  });
  response.end(request.method === "HEAD" ? undefined : reply.body);
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve());
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function urlOf(server: Server, scheme: string): string {
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  return `${scheme}://127.0.0.1:${port}`;
}
