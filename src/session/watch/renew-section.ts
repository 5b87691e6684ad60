import { checkCredentials } from "../../aws/files/credentials.ts";
import type { Context } from "../../core/context.ts";
import { isAwsmfaError } from "../../core/errors.ts";
import { failureOf } from "../../core/failure/failure.ts";
import type { RenewalEnd } from "../../core/watch/renewal-end.ts";
import { troubleKind } from "../../core/failure/retry.ts";
import type { Renewal } from "../../core/watch/watch-order.ts";
import { refreshSection } from "../refresh-section.ts";
import { isStored } from "../store.ts";
import { plannedSection, type PlannedSection } from "./planned-section.ts";
import { whyNotAsk } from "./why-not-ask.ts";

/** Gets a session for a section and writes it, asking for a code where it must. What goes wrong is told. */
export async function renewSection(
  context: Context,
  { order, anewSince }: Renewal,
): Promise<RenewalEnd> {
  try {
    const since = anewSince === undefined ? undefined : new Date(anewSince);
    const planned = plannedSection(context, order, { since });
    await checkCredentials(context);
    return await renew(context, planned, anewSince !== undefined);
  } catch (error) {
    if (!isAwsmfaError(error)) throw error;
    return { kind: "failed", failure: failureOf(error) };
  }
}

async function renew(
  context: Context,
  { plan, credentials }: PlannedSection,
  force: boolean,
): Promise<RenewalEnd> {
  const { request } = plan;
  const isNew = !isStored(context, request);
  const why = isNew ? await whyNotAsk(context, request) : undefined;
  // Nobody is bothered by trying that again.
  if (why !== undefined) return { kind: "failed", failure: failureOf(why, "unreachable") };
  try {
    const writing = { before: credentials, force, overwriteLongTerm: false };
    const { expiration } = await refreshSection(context, plan, writing);
    return { kind: "renewed", expiration: expiration.toISOString(), isNew };
  } catch (error) {
    if (!isAwsmfaError(error)) throw error;
    const kind = troubleKind(error);
    // Most likely somebody has given a code, which is spent now.
    const isInVain = kind !== "refused" && !isStored(context, request);
    return { kind: "failed", failure: failureOf(error, isInVain ? "no-code" : kind) };
  }
}
