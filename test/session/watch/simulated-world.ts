import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "../../../src/core/context.ts";
import type { Moment } from "../../../src/core/watch/deadline.ts";
import type { RenewalEnd } from "../../../src/core/watch/renewal-end.ts";
import type { WatchEvent } from "../../../src/core/watch/watch-event.ts";
import type { Renewal, WatchOrder } from "../../../src/core/watch/watch-order.ts";
import { freshenOnce, keepFresh } from "../../../src/session/watch/keep-fresh.ts";
import type { World } from "../../../src/session/watch/world.ts";
import { silentReport } from "../../support/silent-report.ts";
import { edit, temporaryHome, withSection } from "./simulated-files.ts";

/** An order's options where none is given. */
export const noOptions = { serial: undefined, duration: undefined, leadTime: undefined };

/** What is watched unless something else is said. */
export const usualOrder: WatchOrder = { profile: "dev", target: "dev-mfa", ...noOptions };

const usualStart = "2026-03-04T05:06:07Z";

/** A time so many seconds after the usual start. */
export function timeAt(seconds: number): Date {
  return new Date(new Date(usualStart).getTime() + seconds * 1000);
}

/** What happens that many seconds after the start, by a clock that is always right. */
export type Happening = readonly [at: number, happens: Happens];

type Happens =
  /** The computer sleeps for so many seconds: no timer runs meanwhile. */
  | { readonly suspended: number }
  /** Its clock is set so many seconds ahead of the right one, or behind it. */
  | { readonly ahead: number }
  /** Another process writes a session of so many seconds; the section is `dev-mfa` unless one is named. */
  | { readonly written: number; readonly into?: string }
  /** SIGUSR1. */
  | "asked"
  /** SIGHUP. */
  | "looked"
  /** SIGTERM. */
  | "ended"
  /** Whatever else happens to the credentials file. */
  | ((path: string) => void);

type Failed = Extract<RenewalEnd, { kind: "failed" }>;

interface Settings {
  /** ISO 8601. */
  readonly start?: string;
  /** How far the clock is ahead at the start, in seconds. */
  readonly ahead?: number;
  readonly happenings?: readonly Happening[];
  /** When to end, in seconds. */
  readonly until: number;
  readonly order?: Partial<WatchOrder>;
  /** Several sections; by default there is one of `order`. */
  readonly orders?: readonly Partial<WatchOrder>[];
  /** What AWS gives, in seconds; by default what it is asked for. */
  readonly given?: number;
  /** How a renewal goes, by its number and its section; undefined is success. */
  readonly fails?: (attempt: number, target: string) => Failed | undefined;
  /** For how many seconds it keeps the watcher. */
  readonly takes?: number;
  /** What happens to the credentials file between a renewal and the next look at it. */
  readonly afterwards?: (path: string) => void;
  /** From 0 to 1; the middle by default, where no attempt comes sooner or later than others. */
  readonly random?: number;
  /** Whether the sections are looked at once alone. */
  readonly once?: boolean;
}

/** What was seen of a watcher. */
export interface Seen {
  /** When it wanted a session, in seconds since the start. */
  readonly asked: readonly number[];
  readonly renewals: readonly Renewal[];
  readonly events: readonly WatchEvent[];
  /** The same in words, such as `15 trouble NoCode`; the section is said where it is not `dev-mfa`. */
  readonly told: readonly string[];
  /** What the credentials file held at the end; undefined where it was not there. */
  readonly text: string | undefined;
  /** The exit code, of what is done once. */
  readonly code: number | undefined;
}

/** Lets a watcher of profile dev run in a world where time passes as it is told to. */
export async function simulate(settings: Settings, home = temporaryHome()): Promise<Seen> {
  const { start = usualStart, until, given = 43_200, takes = 0 } = settings;
  const began = new Date(start).getTime();
  const left = [...(settings.happenings ?? [])];
  const path = join(home, ".aws/credentials");
  let right = 0;
  let ahead = settings.ahead ?? 0;
  let elapsed = 0;
  let wanted: Moment | undefined;
  let looks = false;
  let isEnded = false;
  let sessions = 0;
  const asked: number[] = [];
  const renewals: Renewal[] = [];
  const events: WatchEvent[] = [];
  const told: string[] = [];
  const now = (): Date => new Date(began + (right + ahead) * 1000);
  const moment = (): Moment => ({ time: now(), elapsedMs: elapsed * 1000 });
  const write = (target: string, seconds: number): Date => {
    const end = new Date(began + (right + seconds) * 1000);
    sessions += 1;
    edit(path, (text) => withSection(text, target, `ASIA${sessions}`, end));
    return end;
  };
  const happen = (happens: Happens): void => {
    if (happens === "asked") wanted ??= moment();
    else if (happens === "looked") looks = true;
    else if (happens === "ended") isEnded = true;
    else if (typeof happens === "function") happens(path);
    else if ("suspended" in happens) right += happens.suspended;
    else if ("ahead" in happens) ({ ahead } = happens);
    else write(happens.into ?? "dev-mfa", happens.written);
  };
  const isCalled = (): boolean => wanted !== undefined || looks || isEnded;
  const pass = (seconds: number, wakes: boolean): void => {
    if (wakes && isCalled()) return;
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
      if (wakes && isCalled()) return;
    }
    right += end - elapsed;
    elapsed = end;
  };
  const world: World = {
    moment,
    sleep: async (ms) => pass(ms / 1000, true),
    calls: {
      get isOver() {
        return isEnded || right >= until;
      },
      takeAsked: () => {
        const taken = wanted;
        wanted = undefined;
        return taken;
      },
      takeLook: () => {
        const taken = looks;
        looks = false;
        return taken;
      },
    },
    renew: async (renewal) => {
      asked.push(right);
      renewals.push(renewal);
      pass(takes, false);
      const { target } = renewal.order;
      const failed = settings.fails?.(asked.length, target);
      if (failed !== undefined) return failed;
      const expiration = write(target, given).toISOString();
      settings.afterwards?.(path);
      return { kind: "renewed", expiration, isNew: true };
    },
    journal: {
      tell: (event) => {
        events.push(event);
        told.push(`${Math.round(right)} ${wordsOf(event)}`);
      },
      idle: () => undefined,
      clear: () => undefined,
    },
    random: () => settings.random ?? 0.5,
  };
  const orders = (settings.orders ?? [settings.order ?? {}]).map(wholeOrder);
  const context: Context = { env: { HOME: home }, now, report: silentReport };
  try {
    const run = settings.once === true ? freshenOnce : keepFresh;
    const code = (await run(context, world, orders)) ?? undefined;
    const text = existsSync(path) ? readFileSync(path, "utf8") : undefined;
    return { asked, renewals, events, told, text, code };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function wholeOrder(order: Partial<WatchOrder>): WatchOrder {
  return { ...usualOrder, ...order };
}

function wordsOf(event: WatchEvent): string {
  const target = "target" in event && event.target !== "dev-mfa" ? ` [${event.target}]` : "";
  if (event.kind === "due") return `due${target} ${event.reason}`;
  if (event.kind === "trouble") return `trouble${target} ${event.code}`;
  return `${event.kind}${target}`;
}

/** A renewal that failed. */
export function failure(
  trouble: Failed["failure"]["trouble"],
  code = "NoCode",
  exitCode: Failed["failure"]["exitCode"] = 253,
): Failed {
  return { kind: "failed", failure: { code, exitCode, message: `${code}.`, trouble } };
}

/** Nobody has given a code. */
export const noCode = failure("no-code");

/** AWS has refused it. */
export const refused = failure("refused", "AccessDenied", 254);
