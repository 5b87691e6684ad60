import type { Context } from "../core/context.ts";
import { lastFour, printable } from "../core/printable.ts";
import { deviceName } from "../core/request/mfa-device.ts";
import { mfaRequestOf, type SessionRequest } from "../core/request/session-request.ts";
import { shellWord } from "../core/shell-word.ts";
import type { CodeQuestion } from "../mfa/code-source.ts";
import { codeSources } from "../mfa/code-sources.ts";

/** What is asked where a session takes a code. */
export function codeQuestion(request: SessionRequest): CodeQuestion {
  const { identity, base } = mfaRequestOf(request);
  const key = base.kind === "long-term" ? lastFour(base.accessKeyId) : "";
  const { profile, purpose } = request;
  const owner = profile === undefined ? `key ${key}` : `profile ${printable(profile.name)}`;
  const { serial } = identity;
  // One with a purpose has settings of its own, which `exec` does not know.
  const command = purpose === undefined ? execCommand(profile?.name) : undefined;
  return { device: deviceName(serial), serial, owner: purpose ?? owner, command };
}

function execCommand(profile: string | undefined): string {
  const named = profile === undefined ? "" : ` --profile ${shellWord(printable(profile))}`;
  return `awsmfa exec${named} -- true`;
}

/** Whether there is anybody, or any program, to ask for a code. */
export function canAsk(context: Context, request: SessionRequest): boolean {
  const { mfaProcess } = mfaRequestOf(request);
  return codeSources(context, codeQuestion(request), mfaProcess).length > 0;
}
