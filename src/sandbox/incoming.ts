import type { IncomingMessage } from "node:http";

/** A request in full, nothing of it decoded but the names and values of the query. */
export interface Incoming {
  readonly method: string;
  /** As it was sent, percent signs and all: it is part of what is signed. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Reads a request to its end. */
export async function readIncoming(request: IncomingMessage): Promise<Incoming> {
  // A proxy is asked for the whole URL instead of its path.
  const target = (request.url ?? "/").replace(/^https?:\/\/[^/]+/, "");
  const [path = "/", query = ""] = split(target, "?");
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return {
    method: request.method ?? "GET",
    path,
    query: Object.fromEntries(new URLSearchParams(query.replaceAll("+", "%2B"))),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: Buffer.concat(chunks),
  };
}

function split(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}
