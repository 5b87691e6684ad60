import { AwsError } from "./aws-error.ts";
import type { Incoming } from "./incoming.ts";

/**
 * The content of an upload. Clients that stream send it as `aws-chunked`: pieces behind a line with
 * their size in hexadecimal, then trailers, which are checksums and left unread here.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export function uploadedContent({ headers, body }: Incoming): Buffer {
  const chunked = headers["x-amz-content-sha256"]?.startsWith("STREAMING-");
  if (!chunked) return body;
  const content = Buffer.concat([...pieces(body)]);
  const stated = headers["x-amz-decoded-content-length"];
  if (stated === undefined || Number(stated) === content.length) return content;
  throw incompleteBody();
}

function* pieces(body: Buffer): Generator<Buffer> {
  let at = 0;
  for (;;) {
    const endOfLine = body.indexOf("\r\n", at);
    // A chunk signature may follow the size: `400;chunk-signature=…`.
    const size = Number.parseInt(body.toString("latin1", at, Math.max(at, endOfLine)), 16);
    if (endOfLine < 0 || Number.isNaN(size)) throw incompleteBody();
    if (size === 0) return;
    const start = endOfLine + 2;
    yield body.subarray(start, start + size);
    at = start + size + 2;
  }
}

function incompleteBody(): AwsError {
  return new AwsError(
    400,
    "IncompleteBody",
    "You did not provide the number of bytes specified by the Content-Length HTTP header",
  );
}
