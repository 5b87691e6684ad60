import { activeProfile } from "../core/plan/active-profile.ts";
import type { Context } from "../core/context.ts";
import { describePlan } from "../core/plan/describe-plan.ts";
import type { AwsmfaError } from "../core/errors.ts";
import { suppliedBy } from "../core/plan/own-process.ts";
import { planCredentials, type Surroundings } from "../core/plan/plan-credentials.ts";
import type { PassThrough, PassThroughReason, Plan } from "../core/plan/plan.ts";
import { ownerProfile } from "../core/session/session-owner.ts";
import type { SessionRequest } from "../core/request/session-request.ts";
import { sessionOfEnvironment } from "./exported-session.ts";
import { sessionFileName } from "./names-in-store.ts";
import { findSession, findSharedSession } from "./store.ts";
import { surroundingsOf } from "./surroundings.ts";
import { writtenSession, type WrittenSession } from "./written-session.ts";

/** Whom the next command would run as, and whether a session is there for it. */
export interface ActiveSession {
  /** Undefined where keys of the environment are used instead of a profile's. */
  readonly profile: string | undefined;
  readonly state: ActiveState;
}

/** What the next command would find. */
export type ActiveState =
  | UsableState
  /** That of a role is yet to be assumed, with the stored session of that file, and without a code. */
  | ({ readonly kind: "assumable" } & StoredState)
  /** One is due, and the next command has to get it. */
  | { readonly kind: "missing" }
  /** The environment holds one that is near its end, and nothing tells how to renew it. */
  | { readonly kind: "spent" }
  /** The profile itself holds one, and that is over. */
  | { readonly kind: "expired" }
  | { readonly kind: "not-due"; readonly plan: PassThrough }
  | { readonly kind: "refused"; readonly error: AwsmfaError };

interface UsableState extends StoredState {
  readonly kind: "usable";
  readonly from: "store" | "environment" | "credentials-file";
}

interface StoredState {
  /** Name of its file; undefined where another session took its place in the store. */
  readonly file: string | undefined;
  /** The profile it was made for. */
  readonly owner: string | undefined;
  readonly expiration: Date;
}

/** Whether the next command would ask for no code. */
export function isReady(state: ActiveState): state is Extract<ActiveState, StoredState> {
  return state.kind === "usable" || state.kind === "assumable";
}

/** Looks, without asking anybody, which session the next command would use. Throws 253. */
export function activeSession(context: Context, explicit: string | undefined): ActiveSession {
  const { env, report } = context;
  const surroundings = surroundingsOf(context);
  const named = activeProfile(env, explicit).name;
  const plan = planFollowing(surroundings, explicit, named);
  report.debug(() => describePlan(plan));
  if (plan.kind === "pass-through" && plan.reason === "exported-session") {
    return stateOfEnvironment(context);
  }
  const written =
    plan.kind === "pass-through" && plan.reason === "temporary-keys"
      ? writtenSession(context, surroundings.files.find(named))
      : undefined;
  const state = written === undefined ? stateOf(context, plan) : stateOfWritten(written, named);
  return { profile: profileOf(plan, named), state };
}

/** Of a profile that has its session from another one by a `credential_process` of ours, that of the other. */
function planFollowing(
  surroundings: Surroundings,
  explicit: string | undefined,
  named: string,
): Plan {
  const plan = planCredentials(surroundings, explicit);
  const isOfEnvironment = profileOf(plan, named) === undefined;
  const source = suppliedBy(surroundings.files, named);
  return isOfEnvironment || source === named ? plan : planCredentials(surroundings, source);
}

function stateOf(context: Context, plan: Plan): ActiveState {
  switch (plan.kind) {
    case "refusal":
      return { kind: "refused", error: plan.error };
    case "pass-through":
      return { kind: "not-due", plan };
    case "session":
      return stateOfStore(context, plan.request);
  }
}

function stateOfStore(context: Context, request: SessionRequest): ActiveState {
  const own = findSession(context, request);
  const session = own
    ? { ...own, name: sessionFileName(request) }
    : findSharedSession(context, request);
  if (session === undefined) {
    // With the session before it in the chain a role is assumed without a code.
    if (request.kind === "mfa" || request.takesCode) return { kind: "missing" };
    const source = stateOfStore(context, request.source);
    return source.kind === "usable" ? { ...source, kind: "assumable" } : source;
  }
  const { name: file, expiration } = session;
  const owner = ownerProfile(file, session);
  return { kind: "usable", from: "store", file, owner, expiration };
}

function stateOfWritten({ usable, file, expiration }: WrittenSession, owner: string): ActiveState {
  if (!usable) return { kind: "expired" };
  return { kind: "usable", from: "credentials-file", file, owner, expiration };
}

function stateOfEnvironment(context: Context): ActiveSession {
  const held = sessionOfEnvironment(context);
  if (held === undefined || held.dying) {
    return { profile: held?.profile, state: { kind: "spent" } };
  }
  const { profile, file, expiration } = held;
  const state = { kind: "usable", from: "environment", file, owner: profile, expiration } as const;
  return { profile, state };
}

/** Reasons of the environment's keys: no profile's credentials are asked for. */
const environmentReasons: ReadonlySet<PassThroughReason> = new Set([
  "temporary-environment-keys",
  "environment-keys-without-serial",
  "incomplete-environment-keys",
] as const);

function profileOf(plan: Plan, named: string): string | undefined {
  if (plan.kind === "session") return plan.request.profile && named;
  const ofEnvironment = plan.kind === "pass-through" && environmentReasons.has(plan.reason);
  return ofEnvironment ? undefined : named;
}
