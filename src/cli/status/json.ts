import { formatTime } from "../../core/time.ts";
import type { SessionSummary } from "../../core/session/session-summary.ts";
import { isReady } from "../../session/active-session.ts";
import type { Status } from "./read-status.ts";

/** What `status --json` prints. The names are a promise, kept in docs/status-json.md. */
export function formatStatus({ active, sessions }: Status): string {
  const status = {
    active: { profile: active.profile ?? null, usable: isReady(active.state) },
    sessions: sessions.map(sessionFields),
  };
  return `${escapeInvisible(JSON.stringify(status, undefined, 2))}\n`;
}

function sessionFields(session: SessionSummary): Record<string, unknown> {
  return {
    profile: session.profile ?? null,
    kind: session.kind,
    role: session.role ?? null,
    source: session.source ?? null,
    device: session.device ?? null,
    serial: session.serial ?? null,
    account: session.account ?? null,
    key: session.key ?? null,
    issued: session.issued === undefined ? null : formatTime(session.issued),
    expiration: formatTime(session.expiration),
    seconds_left: session.secondsLeft,
    usable: session.usable,
    active: session.active,
  };
}

/** The same values, but nothing in them that a terminal would obey. */
function escapeInvisible(json: string): string {
  const escapeUnit = (unit: string): string =>
    `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return json.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]/gu, (character) =>
    character.replace(/[^]/g, escapeUnit),
  );
}
