import type { Export } from "./export-assignments.ts";
import { formatTime } from "../time.ts";
import type { Session } from "../session/session.ts";

/** How `exports` prints a session for other readers than shells. */
export const exportFormats = ["json", "env", "process"] as const;

export type ExportFormat = (typeof exportFormats)[number];

/** The text of a session in that format. */
export function formatExports(
  format: ExportFormat,
  session: Session,
  exports: readonly Export[],
): string {
  switch (format) {
    case "json":
      return `${JSON.stringify(Object.fromEntries(exports), undefined, 2)}\n`;
    case "env":
      return exports.map(([name, value]) => `${name}=${value}\n`).join("");
    case "process":
      return `${JSON.stringify(processAnswer(session), undefined, 2)}\n`;
  }
}

/** What a `credential_process` prints (AWS SDKs and Tools reference, "Process credential provider"). */
function processAnswer(session: Session): Record<string, unknown> {
  return {
    Version: 1,
    AccessKeyId: session.accessKeyId,
    SecretAccessKey: session.secretAccessKey,
    SessionToken: session.sessionToken,
    Expiration: formatTime(session.expiration),
  };
}
