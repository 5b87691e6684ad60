import { expect, it, test } from "vitest";
import { daemonEnvironment } from "../../../src/core/daemon/daemon-environment.ts";

const places = {
  nodeFolder: "/opt/node/bin",
  isAbsolute: (path: string) => path.startsWith("/"),
  absolute: (path: string) => (path.startsWith("/") ? path : `/here/${path}`),
  expanded: (path: string) => `/here/${path.replace("~", "home")}`,
};

const always = { PATH: "/usr/local/bin:/usr/bin:/bin:/opt/node/bin", AWS_MFA_PROMPT: "askpass" };

/** What the service gets besides what it always gets. */
function more(env: Record<string, string>): Record<string, string> {
  const { variables } = daemonEnvironment(env, places);
  const entries = [...variables].filter(
    ([name, value]) => (always as Record<string, string>)[name] !== value,
  );
  return Object.fromEntries(entries);
}

test("a path and a way to ask are always there", () => {
  expect(Object.fromEntries(daemonEnvironment({}, places).variables)).toEqual(always);
});

it.each<[given: Record<string, string>, taken: Record<string, string>, why?: string]>([
  [{ AWS_CONFIG_FILE: "~/c" }, { AWS_CONFIG_FILE: "/here/home/c" }],
  [{ AWS_CONFIG_FILE: "" }, {}],
  [{ AWS_SHARED_CREDENTIALS_FILE: "c" }, { AWS_SHARED_CREDENTIALS_FILE: "/here/c" }],
  [{ AWS_CA_BUNDLE: "~/ca" }, { AWS_CA_BUNDLE: "/here/home/ca" }],
  [{ NODE_EXTRA_CA_CERTS: "~" }, { NODE_EXTRA_CA_CERTS: "/here/~" }, "Node expands nothing"],
  [{ AWS_MFA_ASKPASS: "ask" }, { AWS_MFA_ASKPASS: "ask" }, "looked for on PATH"],
  [{ AWS_MFA_ASKPASS: "./ask" }, { AWS_MFA_ASKPASS: "/here/./ask" }],
  [{ SSH_ASKPASS: "bin/ask" }, { SSH_ASKPASS: "/here/bin/ask" }],
  [{ AWS_MFA_PROCESS: "otp x" }, { AWS_MFA_PROCESS: "otp x" }],
  [{ AWS_MFA_SERIAL: "s" }, { AWS_MFA_SERIAL: "s" }],
  [{ AWS_MFA_TTL: "900" }, { AWS_MFA_TTL: "900" }],
  [{ AWS_MFA_MIN_TTL: "60" }, { AWS_MFA_MIN_TTL: "60" }],
  [{ AWS_MFA_LOCK_TIMEOUT: "9" }, { AWS_MFA_LOCK_TIMEOUT: "9" }],
  [{ AWS_MFA_PROMPT: "tty" }, {}, "a service has no terminal"],
  [{ AWS_MFA_PROMPT: "none" }, { AWS_MFA_PROMPT: "none" }],
  [
    { AWS_REGION: "r", AWS_DEFAULT_REGION: "d" },
    { AWS_REGION: "r", AWS_DEFAULT_REGION: "d" },
  ],
  [{ AWS_ENDPOINT_URL: "http://h" }, { AWS_ENDPOINT_URL: "http://h" }],
  [{ AWS_ENDPOINT_URL_STS: "http://h" }, { AWS_ENDPOINT_URL_STS: "http://h" }],
  [
    { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" },
    { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" },
  ],
  [{ HTTPS_PROXY: "http://h:1" }, { HTTPS_PROXY: "http://h:1" }],
  [{ https_proxy: "" }, { https_proxy: "" }, "it switches HTTPS_PROXY off"],
  [
    { http_proxy: "h", HTTP_PROXY: "i" },
    { http_proxy: "h", HTTP_PROXY: "i" },
  ],
  [
    { NO_PROXY: "a,b", no_proxy: "" },
    { NO_PROXY: "a,b", no_proxy: "" },
  ],
  [
    { LANG: "C.UTF-8", LC_TIME: "de", TZ: "UTC" },
    { LANG: "C.UTF-8", LC_TIME: "de", TZ: "UTC" },
  ],
  [{ "LC_A B": "x" }, {}, "systemd takes no such name"],
  [{ XDG_CACHE_HOME: "/c" }, { XDG_CACHE_HOME: "/c" }],
  [{ XDG_CACHE_HOME: "c" }, {}, "the locks are not there"],
])("%j gives %j", (given, taken) => {
  expect(more(given)).toEqual(taken);
});

it.each([
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_SECURITY_TOKEN",
  "AWS_PROFILE",
  "AWS_DEFAULT_PROFILE",
  "AWS_MFA_TOKEN",
  "AWS_MFA_DEBUG",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
  "HOME",
  "DISPLAY",
  "WAYLAND_DISPLAY",
  "XAUTHORITY",
  "DBUS_SESSION_BUS_ADDRESS",
  "XDG_RUNTIME_DIR",
  "XDG_CONFIG_HOME",
  "NODE_OPTIONS",
  "GITHUB_TOKEN",
])("%s is not for the service", (name) => {
  expect(more({ [name]: "/x" })).toEqual({});
});

it.each([
  ["HTTPS_PROXY", "http://me:secret@proxy:3128"],
  ["https_proxy", "me:secret@proxy"],
  ["HTTP_PROXY", "http://me:se/cret@proxy"],
  ["http_proxy", "http://token@proxy"],
  ["AWS_ENDPOINT_URL", "https://me:secret@host"],
  ["AWS_ENDPOINT_URL_STS", "https://me:secret@host"],
])("%s with a password is left out", (name, value) => {
  const { variables, leftOut } = daemonEnvironment({ [name]: value, LANG: "C" }, places);
  expect(variables.has(name)).toBe(false);
  expect(leftOut).toEqual([name]);
});

it.each([
  ["/a:/b", "/a:/b:/opt/node/bin"],
  ["/opt/node/bin:/a", "/opt/node/bin:/a"],
  ["/a:/b:/a", "/a:/b:/opt/node/bin"],
  [":/a::.:bin:../x:", "/a:/opt/node/bin"],
  ["", "/opt/node/bin"],
])("of the path %j the service gets %s", (PATH, path) => {
  expect(daemonEnvironment({ PATH }, places).variables.get("PATH")).toBe(path);
});
