import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Context } from "../../../src/core/context.ts";
import { formatTime } from "../../../src/core/time.ts";
import type { WatchEvent } from "../../../src/core/watch/watch-event.ts";
import type { WatchOrder } from "../../../src/core/watch/watch-order.ts";
import { keepFresh } from "../../../src/session/watch/keep-fresh.ts";
import type { Renewal } from "../../../src/session/watch/renew-section.ts";
import type { RenewalEnd, World } from "../../../src/session/watch/world.ts";

/** What happens that many seconds after the start, by a clock that is always right. */
export type Happening = readonly [at: number, happens: Happens];

type Happens =
  /** The computer sleeps for so many seconds: no timer runs meanwhile. */
  | { readonly suspended: number }
  /** Its clock is set so many seconds ahead of the right one, or behind it. */
  | { readonly ahead: number }
  /** Another process writes a session of so many seconds. */
  | { readonly written: number }
  /** SIGUSR1. */
  | "asked"
  /** SIGHUP. */
  | "looked"
  | (() => void);

interface Settings {
  /** ISO 8601. */
  readonly start?: string;
  /** How far the clock is ahead at the start, in seconds. */
  readonly ahead?: number;
  readonly happenings?: readonly Happening[];
  /** When to end, in seconds. */
  readonly until: number;
  readonly order?: Partial<WatchOrder>;
  /** What AWS gives, in seconds; by default what it is asked for. */
  readonly given?: number;
  /** How a renewal goes, by its number; undefined is success. */
  readonly fails?: (attempt: number) => Extract<RenewalEnd, { kind: "failed" }> | undefined;
  /** For how many seconds it keeps the watcher. */
  readonly takes?: number;
}

/** What was seen of a watcher. */
export interface Seen {
  /** When it wanted a session, in seconds since the start. */
  readonly asked: readonly number[];
  readonly renewals: readonly Renewal[];
  readonly events: readonly WatchEvent[];
  /** The credentials file. */
  readonly path: string;
}

const keys = "[dev]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = s\n";
const serial = "mfa_serial = arn:aws:iam::123456789012:mfa/phone\n";

/** Lets a watcher of profile dev run in a world where time passes as it is told to. */
export async function simulate(settings: Settings, home = temporaryHome()): Promise<Seen> {
  const { start = "2026-03-04T05:06:07Z", until, order, given = 43_200, takes = 0 } = settings;
  const began = new Date(start).getTime();
  const left = [...(settings.happenings ?? [])];
  const path = join(home, ".aws/credentials");
  let right = 0;
  let ahead = settings.ahead ?? 0;
  let elapsed = 0;
  let wanted: Date | undefined;
  let looks = false;
  let sessions = 0;
  const seen = { asked: [] as number[], renewals: [] as Renewal[], events: [] as WatchEvent[] };
  const now = (): Date => new Date(began + (right + ahead) * 1000);
  const write = (seconds: number): Date => {
    const end = new Date(began + (right + seconds) * 1000);
    sessions += 1;
    writeFileSync(path, keys + serial + section(`ASIA${sessions}`, end));
    return end;
  };
  const happen = (happens: Happens): void => {
    if (happens === "asked") wanted = now();
    else if (happens === "looked") looks = true;
    else if (typeof happens === "function") happens();
    else if ("suspended" in happens) right += happens.suspended;
    else if ("ahead" in happens) ({ ahead } = happens);
    else write(happens.written);
  };
  const pass = (seconds: number, wakes: boolean): void => {
    const end = elapsed + seconds;
    for (
      let next = left[0];
      next !== undefined && next[0] - right <= end - elapsed;
      next = left[0]
    ) {
      left.shift();
      const wait = Math.max(0, next[0] - right);
      right += wait;
      elapsed += wait;
      happen(next[1]);
      if (wakes && (wanted !== undefined || looks)) return;
    }
    right += end - elapsed;
    elapsed = end;
  };
  const world: World = {
    moment: () => ({ time: now(), elapsedMs: elapsed * 1000 }),
    sleep: async (ms) => pass(ms / 1000, true),
    calls: {
      get isOver() {
        return right >= until;
      },
      takeAsked: () => {
        const asked = wanted;
        wanted = undefined;
        return asked;
      },
      takeLook: () => {
        const looked = looks;
        looks = false;
        return looked;
      },
    },
    renew: async (renewal) => {
      seen.asked.push(right);
      seen.renewals.push(renewal);
      pass(takes, false);
      const failure = settings.fails?.(seen.asked.length);
      if (failure !== undefined) return failure;
      return { kind: "renewed", expiration: write(given).toISOString(), isNew: true };
    },
    journal: {
      tell: (event) => void seen.events.push(event),
      idle: () => undefined,
      clear: () => undefined,
    },
    random: () => 0.5,
  };
  const nothing = { serial: undefined, duration: undefined, leadTime: undefined };
  const orders = [{ profile: "dev", target: "dev-mfa", ...nothing, ...order }];
  const context: Context = { env: { HOME: home }, now, report };
  try {
    await keepFresh(context, world, orders);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  return { ...seen, path };
}

const report = {
  say: () => undefined,
  sayOnce: () => undefined,
  debug: () => undefined,
};

/** A home with the keys of profile dev. */
export function temporaryHome(): string {
  const home = mkdtempSync(join(tmpdir(), "awsmfa-test-"));
  mkdirSync(join(home, ".aws"));
  writeFileSync(join(home, ".aws/credentials"), keys + serial);
  return home;
}

function section(keyId: string, end: Date): string {
  const expiration = formatTime(end).replace("T", " ").replace("Z", "");
  return `[dev-mfa]\naws_access_key_id = ${keyId}\naws_secret_access_key = s\naws_session_token = t\nexpiration = ${expiration}\n`;
}

/** A renewal that failed. */
export function failure(
  trouble: "no-code" | "unreachable" | "configuration" | "refused",
  code = "NoCode",
): Extract<RenewalEnd, { kind: "failed" }> {
  return { kind: "failed", failure: { code, exitCode: 253, message: `${code}.`, trouble } };
}
