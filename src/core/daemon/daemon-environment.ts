import { variable, type Environment } from "../environment.ts";

/** What the service finds in its environment. */
export interface DaemonEnvironment {
  readonly variables: ReadonlyMap<string, string>;
  /** Variables that may hold a password, and so are not among them. */
  readonly leftOut: readonly string[];
}

/** What it takes to make paths whole. */
interface Places {
  readonly nodeFolder: string;
  readonly isAbsolute: (path: string) => boolean;
  /** From the current folder. */
  readonly absolute: (path: string) => string;
  /** The same, after `~` and `$VAR` as the AWS CLI expands them. */
  readonly expanded: (path: string) => string;
}

/** How a variable gets there. */
type Way =
  | "as it is"
  /** Unless it may hold a password; even where it is empty: that switches off its relative in capitals. */
  | "URL"
  | "expanded"
  | "absolute"
  /** One that is relative counts for nothing. */
  | "if absolute"
  /** A path, or a name that is looked for on `PATH`. */
  | "program";

/**
 * What `watch` goes by. Neither keys nor codes, no profile (the arguments name it), and nothing of the
 * present login, such as `DISPLAY`: the manager has that of the login in which it starts the service.
 */
const taken: Readonly<Record<string, Way>> = {
  AWS_CONFIG_FILE: "expanded",
  AWS_SHARED_CREDENTIALS_FILE: "expanded",
  AWS_MFA_ASKPASS: "program",
  SSH_ASKPASS: "program",
  AWS_MFA_PROCESS: "as it is",
  AWS_MFA_SERIAL: "as it is",
  AWS_MFA_TTL: "as it is",
  AWS_MFA_MIN_TTL: "as it is",
  AWS_MFA_LOCK_TIMEOUT: "as it is",
  AWS_REGION: "as it is",
  AWS_DEFAULT_REGION: "as it is",
  AWS_ENDPOINT_URL: "URL",
  AWS_ENDPOINT_URL_STS: "URL",
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "as it is",
  AWS_CA_BUNDLE: "expanded",
  NODE_EXTRA_CA_CERTS: "absolute",
  https_proxy: "URL",
  HTTPS_PROXY: "URL",
  http_proxy: "URL",
  HTTP_PROXY: "URL",
  no_proxy: "URL",
  NO_PROXY: "URL",
  LANG: "as it is",
  LANGUAGE: "as it is",
  TZ: "as it is",
  // The locks lie there.
  XDG_CACHE_HOME: "if absolute",
};

/** The part of the user's environment that goes into the definition of the service. */
export function daemonEnvironment(env: Environment, places: Places): DaemonEnvironment {
  const variables = new Map([["PATH", daemonPath(env, places)]]);
  const leftOut: string[] = [];
  for (const [name, way] of [...Object.entries(taken), ...localeNames(env)]) {
    const value = valueOf(env[name], way, places);
    if (value === undefined) continue;
    // `http://name:password@host`; whatever else has an @ in it is not worth a guess.
    if (way === "URL" && value.includes("@")) leftOut.push(name);
    else variables.set(name, value);
  }
  // A service has no terminal.
  const asks = variable(env, "AWS_MFA_PROMPT") !== "none";
  variables.set("AWS_MFA_PROMPT", asks ? "askpass" : "none");
  return { variables, leftOut };
}

function localeNames(env: Environment): [string, Way][] {
  const names = Object.keys(env).filter((name) => /^LC_[A-Z]+$/.test(name));
  return names.toSorted().map((name) => [name, "as it is"]);
}

function valueOf(value: string | undefined, way: Way, places: Places): string | undefined {
  if (value === undefined || (value === "" && way !== "URL")) return undefined;
  switch (way) {
    case "as it is":
    case "URL":
      return value;
    case "expanded":
      return places.expanded(value);
    case "absolute":
      return places.absolute(value);
    case "if absolute":
      return places.isAbsolute(value) ? value : undefined;
    case "program":
      return value.includes("/") ? places.absolute(value) : value;
  }
}

/** Without what means another folder wherever one stands, and with Node's own folder. */
function daemonPath(env: Environment, { isAbsolute, nodeFolder }: Places): string {
  const path = env["PATH"] ?? "/usr/local/bin:/usr/bin:/bin";
  return [...new Set([...path.split(":").filter(isAbsolute), nodeFolder])].join(":");
}
