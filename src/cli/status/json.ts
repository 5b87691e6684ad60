import { escapeInvisible } from "../../core/escape-invisible.ts";
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
