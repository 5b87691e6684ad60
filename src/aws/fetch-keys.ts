import type { Context } from "../core/context.ts";
import type { Keys } from "../core/keys.ts";
import type { BaseKeys } from "../core/request/mfa-session-request.ts";
import { runCredentialProcess } from "./credential-process.ts";

/** The keys themselves; a `credential_process` is run for them, and may give temporary ones. Throws 253. */
export async function fetchKeys(
  base: BaseKeys,
  context: Pick<Context, "env" | "patienceSeconds">,
): Promise<Keys> {
  if (base.kind === "process") return runCredentialProcess(base.command, context);
  const { accessKeyId, secretAccessKey } = base;
  return { accessKeyId, secretAccessKey, sessionToken: undefined };
}
