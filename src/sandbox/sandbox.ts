import { answer } from "./answer.ts";
import type { CallRecord } from "./call-record.ts";
import { createState } from "./create-state.ts";
import { listen } from "./http-server.ts";
import { secondsLeft, type OneTimeCodes } from "./one-time-codes.ts";
import type { State } from "./operation.ts";
import type { SandboxOptions } from "./sandbox-options.ts";
import { Trouble } from "./trouble.ts";
import type { SandboxBucket, SandboxRole, SandboxUser } from "./world.ts";

export type { CallRecord } from "./call-record.ts";
export type {
  AccessKeyPair,
  MfaDevice,
  RoleOptions,
  SandboxOptions,
  TlsOptions,
  TrustOptions,
  UserOptions,
} from "./sandbox-options.ts";
export type { Fault, FaultScope, Trouble } from "./trouble.ts";
export type { SandboxBucket, SandboxObject, SandboxRole, SandboxUser } from "./world.ts";

/** A running sandbox. `whose` is the name of a user (its first device) or the serial of a device. */
export interface Sandbox {
  /** `http://127.0.0.1:<port>`, for every service (`https:` with `tls`). */
  readonly url: string;
  readonly users: readonly SandboxUser[];
  readonly roles: readonly SandboxRole[];
  readonly buckets: ReadonlyMap<string, SandboxBucket>;
  /** Every request so far. */
  readonly calls: readonly CallRecord[];
  readonly trouble: Trouble;
  /** Throws when there is no such user. */
  user(name: string): SandboxUser;
  /** Throws when there is no such role. */
  role(name: string): SandboxRole;
  /** The code that the device shows now, used already or not. */
  code(whose: string): string;
  /** A code not used yet that is accepted now and for 30 seconds more; never waits. */
  freshCode(whose: string): string;
  /** A code that is refused. */
  wrongCode(whose: string): string;
  /** Whole seconds until the devices show their next code. */
  secondsLeft(): number;
  /** The time of the server, `trouble.clockOffsetMs` included. */
  now(): Date;
  /** Makes an access key unknown to AWS, a user's own or a temporary one. */
  revoke(accessKeyId: string): void;
  /** Lets every session given out so far end now. */
  expireSessions(): void;
  /** Calls back with each request once it is handled, before it is answered; returns the way to stop that. */
  onCall(listener: (call: CallRecord) => void): () => void;
  /** Stops at once; requests under way are cut off. */
  close(): Promise<void>;
}

/** Starts an AWS of one's own on 127.0.0.1. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const trouble = new Trouble();
  const state = createState(options, () => new Date(Date.now() + trouble.clockOffsetMs));
  const calls: CallRecord[] = [];
  const listeners = new Set<(call: CallRecord) => void>();
  const server = await listen(
    async (incoming) => {
      const { reply, record } = await answer(incoming, state, trouble);
      calls.push(record);
      for (const listener of listeners) listener(record);
      return reply;
    },
    {
      latencyMs: () => trouble.latencyMs,
      now: state.now,
      port: options.port ?? 0,
      tls: options.tls,
    },
  );
  const onCall: Sandbox["onCall"] = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return { ...server, ...views(state), calls, trouble, onCall };
}

function views({ world, credentials, codes, now }: State) {
  const user = (name: string): SandboxUser => named(world.users, name, "user");
  const codesOf = (whose: string): OneTimeCodes => {
    const found = codes.get(whose) ?? codes.get(user(whose).serial);
    if (!found) throw new Error(`The sandbox has no device ${whose}.`);
    return found;
  };
  return {
    ...world,
    user,
    role: (name: string) => named(world.roles, name, "role"),
    code: (whose: string) => codesOf(whose).current(),
    freshCode: (whose: string) => codesOf(whose).fresh(),
    wrongCode: (whose: string) => codesOf(whose).wrong(),
    secondsLeft: () => secondsLeft(now().getTime()),
    now,
    revoke: (accessKeyId: string) => credentials.revoke(accessKeyId),
    expireSessions: () => credentials.expireAll(now().getTime()),
  };
}

function named<T extends { name: string }>(all: readonly T[], name: string, kind: string): T {
  const found = all.find((each) => each.name === name);
  if (!found) throw new Error(`The sandbox has no ${kind} ${name}.`);
  return found;
}
