import { configurationError } from "../errors.ts";
import type { Environment } from "../environment.ts";

/**
 * The proxy for a URL as the AWS CLI finds it: `HTTPS_PROXY` or `HTTP_PROXY` by the URL's scheme, where
 * `NO_PROXY` does not name the host; `ALL_PROXY` is not for it (botocore `ProxyConfiguration`, Python
 * `getproxies_environment`). Undefined for none. Throws 253 where it is not the URL of an HTTP proxy.
 */
export function proxyFor(url: URL, env: Environment): string | undefined {
  const name = url.protocol === "https:" ? "https_proxy" : "http_proxy";
  const proxy = proxyVariable(env, name);
  if (!proxy || isBypassed(url, proxyVariable(env, "no_proxy") ?? "")) return undefined;
  const full = withScheme(proxy);
  if (/^https?:\/\//.test(full) && URL.canParse(full)) return full;
  // The value itself may hold a password.
  throw configurationError(
    "InvalidProxy",
    `${name.toUpperCase()} is not the URL of an HTTP proxy.`,
    {
      hint: "It looks like http://host:port, or http://name:password@host:port.",
    },
  );
}

/** The small letters win, and when they are empty there is no proxy, as in Python. */
function proxyVariable(env: Environment, name: string): string | undefined {
  return env[name] ?? env[name.toUpperCase()];
}

/** `proxy:3128` is an HTTP proxy, whatever is reached through it. */
function withScheme(proxy: string): string {
  if (proxy.startsWith("//")) return `http:${proxy}`;
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
}

/** Python's `proxy_bypass_environment`: a name stands for its subdomains too, with a dot or without. */
function isBypassed({ host, hostname }: URL, noProxy: string): boolean {
  if (noProxy.trim() === "*") return true;
  return noProxy.split(",").some((entry) => {
    const name = entry.trim().replace(/^\.+/, "").toLowerCase();
    if (name === "") return false;
    return [host, hostname].some((own) => own === name || own.endsWith(`.${name}`));
  });
}
