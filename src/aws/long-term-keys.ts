import type { Environment } from "../core/environment.ts";
import type { BaseKeys } from "../core/session-request.ts";
import { runCredentialProcess } from "./credential-process.ts";

/** An IAM user's own key pair. */
export interface LongTermKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The keys themselves; undefined where the profile's `credential_process` gives temporary ones. */
export async function longTermKeys(
  base: BaseKeys,
  env: Environment,
): Promise<LongTermKeys | undefined> {
  if (base.kind === "long-term") return base;
  const keys = await runCredentialProcess(base.command, env);
  return keys.sessionToken === undefined ? keys : undefined;
}
