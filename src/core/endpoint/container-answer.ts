import { formatTime } from "../time.ts";
import type { Session } from "../session/session.ts";

/** What a container-credentials endpoint answers (AWS SDKs and Tools reference, "Container provider"). */
export function containerAnswer(session: Session): Record<string, string> {
  return {
    AccessKeyId: session.accessKeyId,
    SecretAccessKey: session.secretAccessKey,
    Token: session.sessionToken,
    Expiration: formatTime(session.expiration),
  };
}
