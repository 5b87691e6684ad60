import { randomUUID } from "node:crypto";
import type { AwsError } from "./aws-error.ts";
import { xmlDocument, type Xml } from "./xml.ts";

/** An answer, ready to be sent. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** The XML namespaces of the services that speak AWS's query protocol. */
export const QUERY_NAMESPACES = {
  sts: "https://sts.amazonaws.com/doc/2011-06-15/",
  iam: "https://iam.amazonaws.com/doc/2010-05-08/",
} as const;

/** The answer of an STS or IAM operation. */
export function queryReply(service: "sts" | "iam", operation: string, result: Xml): Reply {
  const requestId = randomUUID();
  const content = {
    [`${operation}Result`]: result,
    ResponseMetadata: { RequestId: requestId },
  };
  return {
    status: 200,
    headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
    body: xmlDocument(`${operation}Response`, content, QUERY_NAMESPACES[service]),
  };
}

/** The answer of an S3 operation. */
export function s3Reply(
  status: number,
  body: string | Buffer = "",
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return { status, headers: { ...s3Headers(), ...headers }, body };
}

/** The answer of an S3 operation that is a document. */
export function s3Document(name: string, content: Xml): Reply {
  const body = xmlDocument(name, content, "http://s3.amazonaws.com/doc/2006-03-01/");
  return s3Reply(200, body, { "content-type": "application/xml" });
}

/** A refusal, in the form of the service that was asked. */
export function errorReply(service: string, error: AwsError): Reply {
  return service === "s3" ? s3Error(error) : queryError(service, error);
}

function queryError(service: string, { status, code, message, details }: AwsError): Reply {
  const requestId = randomUUID();
  const Type = status < 500 ? "Sender" : "Receiver";
  const content = {
    Error: { Type, Code: code, Message: message, ...details },
    RequestId: requestId,
  };
  return {
    status,
    headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
    body: xmlDocument(
      "ErrorResponse",
      content,
      QUERY_NAMESPACES[service === "iam" ? "iam" : "sts"],
    ),
  };
}

function s3Error({ status, code, message, details }: AwsError): Reply {
  const headers = s3Headers();
  const RequestId = headers["x-amz-request-id"];
  const content = {
    Code: code,
    Message: message,
    ...details,
    RequestId,
    HostId: headers["x-amz-id-2"],
  };
  return {
    status,
    headers: { ...headers, "content-type": "application/xml" },
    body: xmlDocument("Error", content),
  };
}

function s3Headers(): Record<"x-amz-request-id" | "x-amz-id-2", string> {
  const id = randomUUID().replaceAll("-", "").toUpperCase();
  return {
    "x-amz-request-id": id.slice(0, 16),
    "x-amz-id-2": Buffer.from(id).toString("base64"),
  };
}
