import type { Authorization } from "./authorization-header.ts";
import { IAM } from "./iam.ts";
import type { Incoming } from "./incoming.ts";
import type { Parameters, Request } from "./operation.ts";
import { s3Operation } from "./s3-operation-name.ts";

/** Finds out what a request asks for: by its signature's scope, or unsigned by its looks. */
export function understand(incoming: Incoming, authorization: Authorization | undefined): Request {
  const form = queryParameters(incoming);
  const { Action } = form;
  const service = authorization?.service ?? (Action === undefined ? "s3" : guess(Action));
  if (service === "s3") return { service, incoming, ...s3Operation(incoming) };
  return { service, incoming, operation: Action ?? "", parameters: form };
}

function queryParameters({ query, headers, body }: Incoming): Parameters {
  const isForm = headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
  if (!isForm) return query;
  return { ...query, ...Object.fromEntries(new URLSearchParams(body.toString("utf8"))) };
}

function guess(action: string): string {
  return action in IAM ? "iam" : "sts";
}
