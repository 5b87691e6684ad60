/** What of a request is looked at. */
export interface EndpointRequest {
  readonly method: string | undefined;
  /** Its `Host` headers; undefined where it has none. */
  readonly hosts: readonly string[] | undefined;
  /** Its `Authorization` header. */
  readonly authorization: string | undefined;
  /** Its target, as the first line names it. */
  readonly path: string | undefined;
}

/** What an endpoint knows. */
export interface Endpoint {
  readonly isToken: (text: string) => boolean;
  /** The profiles that are served. */
  readonly profiles: readonly string[];
}

/** Whose session a request gets, or why it gets none. */
export type Verdict = { readonly kind: "session"; readonly profile: string } | Refused;

/** An answer without a session: an HTTP status, and what SDKs show of it. */
export interface Refused {
  readonly kind: "refused";
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const loopback = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;

/** Where the session of a profile is found. */
export function pathOf(profile: string): string {
  return `/profiles/${encodeURIComponent(profile)}`;
}

/**
 * Decides on a request. A name other than the loopback's in `Host` is that of a web page which has its name
 * lead here (DNS rebinding); the port may be that of a tunnel.
 */
export function judgeRequest(request: EndpointRequest, endpoint: Endpoint): Verdict {
  const { method, hosts = [], authorization = "", path } = request;
  const [host = "", ...others] = hosts;
  if (others.length > 0 || !loopback.test(host)) {
    return refused(403, "WrongHost", "this endpoint is 127.0.0.1, and nothing else");
  }
  if (method !== "GET") return refused(405, "WrongMethod", "only GET is answered");
  if (authorization === "") {
    return refused(401, "NoToken", "AWS_CONTAINER_AUTHORIZATION_TOKEN is missing");
  }
  if (!endpoint.isToken(authorization)) {
    return refused(403, "WrongToken", "AWS_CONTAINER_AUTHORIZATION_TOKEN is another one's");
  }
  const profile = endpoint.profiles.find((name) => pathOf(name) === path);
  if (profile === undefined) return refused(404, "UnknownPath", "no such profile is served");
  return { kind: "session", profile };
}

function refused(status: number, code: string, message: string): Refused {
  return { kind: "refused", status, code, message };
}
