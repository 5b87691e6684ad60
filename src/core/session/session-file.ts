import { formatTime, parseTime } from "../time.ts";
import type { Identity } from "../request/identity.ts";
import type { ReplacedSession, StoredSession } from "./session.ts";
import { formatRole, parseRole } from "./stored-role.ts";

/**
 * One session in the format of the Ruby gem aws-mfa-secure: four keys of its own, and beside them what
 * that gem ignores. Undefined for anything else, since a file may hold anything.
 */
export function parseSessionFile(text: string): StoredSession | undefined {
  const file = parseObject(text);
  if (file === undefined) return undefined;
  const accessKeyId = credential(file["access_key_id"]);
  const secretAccessKey = credential(file["secret_access_key"]);
  const sessionToken = credential(file["session_token"]);
  const expiration = parseTime(file["expiration"]);
  if (!accessKeyId || !secretAccessKey || !sessionToken || !expiration) return undefined;
  const identity = parseIdentity(file["identity"]);
  // A broken identity is not the same as none: the gem's files have none.
  if (identity === undefined && file["identity"] !== undefined) return undefined;
  const role = isObject(file["role"]) ? parseRole(file["role"]) : undefined;
  // A role without an identity would be taken for a session of the gem's.
  if (role === undefined ? file["role"] !== undefined : identity === undefined) return undefined;
  return {
    accessKeyId,
    secretAccessKey,
    sessionToken,
    expiration,
    issued: parseTime(file["issued"]),
    identity,
    profile: typeof file["profile"] === "string" ? file["profile"] : undefined,
    role,
    renewalTried: parseTime(file["renewal_tried"]),
    replaced: parseReplaced(file["replaced"]),
  };
}

/** The text of a session file. */
export function formatSessionFile(session: StoredSession): string {
  const { identity } = session;
  return `${JSON.stringify(
    {
      access_key_id: session.accessKeyId,
      secret_access_key: session.secretAccessKey,
      session_token: session.sessionToken,
      expiration: formatTime(session.expiration),
      issued: session.issued && formatTime(session.issued),
      profile: session.profile,
      identity: identity && {
        ...("process" in identity.base
          ? { credential_process: identity.base.process }
          : { access_key_id: identity.base.accessKeyId }),
        serial: identity.serial,
        endpoint: identity.endpoint,
      },
      role: session.role && formatRole(session.role),
      renewal_tried: session.renewalTried && formatTime(session.renewalTried),
      replaced:
        session.replaced.length === 0
          ? undefined
          : session.replaced.map(({ accessKeyId, expiration }) => ({
              access_key_id: accessKeyId,
              expiration: formatTime(expiration),
            })),
    },
    undefined,
    2,
  )}\n`;
}

/** What is wrong in it is left out: nothing but the recognition of old sessions depends on it. */
function parseReplaced(value: unknown): ReplacedSession[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    if (!isObject(entry)) return [];
    const accessKeyId = credential(entry["access_key_id"]);
    const expiration = parseTime(entry["expiration"]);
    return accessKeyId && expiration ? [{ accessKeyId, expiration }] : [];
  });
}

function parseIdentity(value: unknown): Identity | undefined {
  if (!isObject(value)) return undefined;
  const { access_key_id: accessKeyId, credential_process: process, serial, endpoint } = value;
  if (typeof serial !== "string" || typeof endpoint !== "string") return undefined;
  if (typeof process === "string") return { base: { process }, serial, endpoint };
  if (typeof accessKeyId === "string") return { base: { accessKeyId }, serial, endpoint };
  return undefined;
}

/** Visible ASCII alone: it becomes an environment variable and an HTTP header. */
function credential(value: unknown): string | undefined {
  return typeof value === "string" && /^[\x21-\x7e]{1,8192}$/.test(value) ? value : undefined;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
