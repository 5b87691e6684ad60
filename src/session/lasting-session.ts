import type { Context } from "../core/context.ts";
import { requestKey, type SessionRequest } from "../core/request/session-request.ts";
import type { FoundSession, Session } from "../core/session/session.ts";
import { sessionStorePath } from "../system/paths.ts";
import { isAging } from "./aging.ts";
import { recall, remember } from "./remembered-outcome.ts";
import { findSession } from "./store.ts";

/**
 * A program that asks again can make do with a minute, unless the user says otherwise. Clients of the SDK for
 * JavaScript ask five minutes before the end, when what is left is too little for a command.
 */
const leastSeconds = 60;

/** What is being got, by whom to ask and what for: the many who ask in one process wait for the same. */
const underWay = new Map<string, Pick<Context, "codeProvider"> & { got: Promise<Got> }>();

type Got = Session | undefined;

/**
 * A session for a program that keeps it: with 15 minutes left at least (or half of its length), else a new one
 * where there is a way to it, be it by a code; else what still lives. Undefined where the profile's own process
 * needs none. What the store cannot keep, or what failed a moment ago, is remembered by this process.
 */
export async function lastingSession(context: Context, request: SessionRequest): Promise<Got> {
  const lasting = findLasting(context, request);
  if (lasting !== undefined) return lasting;
  const key = JSON.stringify([sessionStorePath(context.env), requestKey(request)]);
  const { codeProvider } = context;
  const present = underWay.get(key);
  // What one program of several in this process does about codes is no business of the others.
  if (present !== undefined && present.codeProvider === codeProvider) return present.got;
  const before = recall(context, key);
  if (before !== undefined) return before;
  const got = remember(context, key, newSession(context, request), () =>
    findLasting(context, request),
  ).finally(() => {
    if (underWay.get(key)?.got === got) underWay.delete(key);
  });
  underWay.set(key, { codeProvider, got });
  return got;
}

/** A stored session that has so much time left. */
export function findLasting(context: Context, request: SessionRequest): Session | undefined {
  const stored = findLiving(context, request);
  return stored === undefined || isAging(context, stored) ? undefined : stored;
}

async function newSession(context: Context, request: SessionRequest): Promise<Got> {
  const { obtainSession, renewInTime } = await import("./obtain.ts");
  // Loading that takes a moment, in which another process may have stored one.
  const stored = findLiving(context, request);
  if (stored !== undefined && !isAging(context, stored)) return stored;
  if (stored !== undefined) return (await renewInTime(context, request, stored)) ?? stored;
  const obtained = await obtainSession(context, request);
  return obtained.kind === "session" ? obtained.session : undefined;
}

function findLiving(context: Context, request: SessionRequest): FoundSession | undefined {
  return findSession(context, request, leastSeconds);
}
