import { describe, expect, it } from "vitest";
import type { Session } from "../../src/core/session/session.ts";
import { KeptSession } from "../../src/session/kept-session.ts";
import type { SupplyOutcome } from "../../src/session/supply-outcome.ts";

const hour = 3600;
const day = 24 * hour;
const start = Date.parse("2026-03-04T05:06:07Z");

/** A world whose time passes as it is told to, in seconds since its start. */
class World {
  readonly kept: KeptSession;
  /** When another session was wanted. */
  readonly asked: number[] = [];
  /** What was told, and when. */
  readonly told: string[] = [];
  /** How long AWS lets sessions be. */
  length = 12 * hour;
  /** What becomes of attempts: a new session by default. */
  goes: "well" | "NoCode" | "ECONNREFUSED" | "as it was" = "well";
  /** What another process has stored. */
  stored: Session | undefined;
  /** How far the clock is ahead of the right time. */
  ahead = 0;
  /** The right time. */
  time = 0;
  private sessions = 0;

  constructor(length = 12 * hour) {
    this.length = length;
    this.kept = new KeptSession(this.session(), {
      now: () => new Date(start + (this.time + this.ahead) * 1000),
      supply: () => this.supply(),
      find: () => this.found(),
      onFailure: ({ code }, again) => {
        this.told.push(`${this.time} ${code}, again in ${this.until(again)}`);
      },
      onNoOther: ({ expiration }, again) => {
        this.told.push(
          `${this.time} ends in ${this.until(expiration)}, again in ${this.until(again)}`,
        );
      },
      onRecovery: () => this.told.push(`${this.time} recovered`),
    });
  }

  /** What is stored, unless it nears its end. */
  private found(): Session | undefined {
    const { stored } = this;
    const left = stored === undefined ? 0 : this.until(stored.expiration);
    return left > Math.min(900, this.length / 2) ? stored : undefined;
  }

  /** A session that begins now. */
  session(length = this.length): Session {
    this.sessions += 1;
    const expiration = new Date(start + (this.time + length) * 1000);
    const accessKeyId = `ASIA${this.sessions}`;
    return { accessKeyId, secretAccessKey: "s", sessionToken: "t", expiration };
  }

  /** Lets time pass as a keeper does, which looks every ten seconds at least. */
  async pass(seconds: number): Promise<void> {
    const end = this.time + seconds;
    while (this.time < end) {
      await this.kept.attend();
      const next = this.until(this.kept.nextAttention);
      this.time = Math.min(end, this.time + Math.min(10, Math.max(0.01, next)));
    }
    await this.kept.attend();
  }

  /** What a program gets: a key id, or the code of what went wrong. */
  async get(): Promise<string> {
    const supplied = await this.kept.get();
    return supplied.kind === "supplied" ? supplied.session.accessKeyId : supplied.failure.code;
  }

  private async supply(): Promise<SupplyOutcome> {
    this.asked.push(Math.round(this.time));
    await Promise.resolve();
    if (this.goes === "as it was") return this.kept.get();
    if (this.goes === "well") return { kind: "supplied", session: this.session() };
    const trouble = this.goes === "NoCode" ? "no-code" : "unreachable";
    const failure = { code: this.goes, exitCode: 253, message: "x", trouble } as const;
    return { kind: "failed", failure };
  }

  private until(time: Date): number {
    return Math.round(time.getTime() / 10 - start / 10) / 100 - this.time - this.ahead;
  }
}

/** Of twelve hours, fifteen minutes are left. */
const first = 12 * hour - 900;

describe("when another session is wanted, in seconds since the start", () => {
  it.each<[what: string, wanted: number[], happens: (world: World) => Promise<void>]>([
    ["of twelve hours", [first, 2 * first, 3 * first], (world) => world.pass(3 * first + 100)],
    ["not a moment before", [], (world) => world.pass(first - 1)],
    [
      "slept over the end",
      [first + 5 * hour],
      async (world) => {
        await world.pass(first - hour);
        world.time += 6 * hour;
        await world.pass(100);
      },
    ],
    [
      "slept over days",
      [5 * day],
      async (world) => {
        world.time = 5 * day;
        await world.pass(100);
      },
    ],
    [
      "clock set back, and right again",
      [first],
      async (world) => {
        world.ahead = -day;
        await world.pass(hour);
        world.ahead = 0;
        await world.pass(first - hour + 100);
      },
    ],
    [
      "clock set ahead by an hour",
      [first - hour],
      async (world) => {
        await world.pass(hour);
        world.ahead = hour;
        await world.pass(first - 2 * hour + 100);
      },
    ],
  ])("%s: %j", async (_what, wanted, happens) => {
    const world = new World();
    await happens(world);
    expect(world.asked).toEqual(wanted.map((at) => expect.closeTo(at, -1.5)));
    expect(world.told).toEqual([]);
  });

  it.each([
    [hour, hour - 900],
    [1800, 900],
    [900, 450],
    [12, 6],
    [3, 1.5],
  ])("of %i seconds: after %d", async (length, after) => {
    const world = new World(length);
    const left = world.kept.nextAttention.getTime() - start;
    expect(left).toBe(after * 1000);
    await world.pass(after);
    expect(world.asked).toHaveLength(1);
    expect(await world.get()).toBe("ASIA2");
  });

  it("soon, and then in half of what is left, where there is no way to another one", async () => {
    const world = new World();
    world.goes = "as it was";
    await world.pass(12 * hour - 1);
    const left = world.asked.map((at) => 12 * hour - at);
    expect(left.slice(0, 4)).toEqual([900, 885, 442, 221]);
    expect(left.length).toBeLessThan(15);
    expect(world.told).toEqual([`${first + 15} ends in 885, again in 442.5`]);
    world.stored = world.session();
    await world.pass(1);
    expect(await world.get()).toBe(world.stored.accessKeyId);
    expect(world.told.slice(1)).toEqual([expect.stringMatching(/ recovered$/)]);
  });
});

describe("those who ask", () => {
  it("get the session at once while another one is being got", async () => {
    const world = new World();
    world.time = first;
    const renewal = world.kept.attend();
    expect(await Promise.race([world.get(), renewal])).toBe("ASIA1");
    await renewal;
    expect(await world.get()).toBe("ASIA2");
  });

  it("are thousands, whose session is over: one is got for them all", async () => {
    const world = new World();
    world.time = 13 * hour;
    const all = await Promise.all(Array.from({ length: 5000 }, () => world.get()));
    expect(new Set(all)).toEqual(new Set(["ASIA2"]));
    expect(world.asked).toEqual([13 * hour]);
  });

  it("need no keeper that has noticed that time went by", async () => {
    const world = new World();
    world.time = 12 * hour;
    expect(await world.get()).toBe("ASIA2");
  });

  it("get a session to its last moment", async () => {
    const world = new World();
    world.goes = "NoCode";
    await world.pass(12 * hour - 1);
    expect(await world.get()).toBe("ASIA1");
    world.time = 12 * hour;
    expect(await world.get()).toBe("NoCode");
  });

  it("of one that is over do not make us ask more often", async () => {
    const world = new World();
    world.goes = "NoCode";
    await world.pass(13 * hour);
    const before = world.asked.length;
    for (let index = 0; index < 1000; index++) expect(await world.get()).toBe("NoCode");
    expect(world.asked).toHaveLength(before);
  });

  it("get the one that another process has stored, without an attempt", async () => {
    const world = new World();
    world.goes = "NoCode";
    await world.pass(13 * hour);
    const before = world.asked.length;
    expect(await world.get()).toBe("NoCode");
    world.stored = world.session();
    expect(await world.get()).toBe(world.stored.accessKeyId);
    expect(world.asked).toHaveLength(before);
    expect(world.told.slice(1)).toEqual([`${13 * hour} recovered`]);
    await world.pass(first - 1);
    expect(world.asked).toHaveLength(before);
  });
});

describe("a failure", () => {
  it("is told once, with when it is tried again; then comes less and less often", async () => {
    const world = new World();
    world.goes = "NoCode";
    await world.pass(13 * hour);
    expect(world.told).toEqual([expect.stringMatching(/^42300 NoCode, again in 1[2-8](\.\d+)?$/)]);
    const between = world.asked.slice(1).map((at, index) => at - world.asked[index]!);
    expect(Math.min(...between)).toBeGreaterThanOrEqual(12);
    expect(Math.max(...between)).toBeLessThanOrEqual(731);
    expect(world.asked.length).toBeLessThan(20);
  });

  it("of another kind is told, too; the next success clears it, and then it is news again", async () => {
    const world = new World();
    world.goes = "NoCode";
    await world.pass(first + 20);
    world.goes = "ECONNREFUSED";
    await world.pass(200);
    world.goes = "well";
    await world.pass(700);
    expect(await world.get()).toBe("ASIA2");
    world.goes = "ECONNREFUSED";
    await world.pass(13 * hour);
    const told = world.told.map((text) => text.replace(/^[\d.]+ |, again.*/g, ""));
    expect(told).toEqual(["NoCode", "ECONNREFUSED", "recovered", "ECONNREFUSED"]);
  });

  it("is over as soon as another process has stored a session", async () => {
    const world = new World();
    world.goes = "NoCode";
    await world.pass(first + 300);
    const { length } = world.asked;
    world.stored = world.session();
    await world.pass(10);
    expect(await world.get()).toBe(world.stored.accessKeyId);
    expect(world.asked).toHaveLength(length);
    expect(world.told.at(-1)).toMatch(/ recovered$/);
  });

  it("is not over by what has been there all the time", async () => {
    const world = new World();
    const before = await world.kept.get();
    if (before.kind === "supplied") world.stored = before.session;
    world.goes = "NoCode";
    await world.pass(12 * hour - 10);
    expect(world.told).toHaveLength(1);
    expect(world.asked.length).toBeGreaterThan(3);
  });
});

describe("a clock that is a day ahead", () => {
  it("makes every session look over: nobody is asked again and again", async () => {
    const world = new World();
    world.ahead = day;
    for (let index = 0; index < 100; index++) expect(await world.get()).toBe("SessionOver");
    expect(world.asked).toHaveLength(1);
    await world.pass(hour);
    expect(world.asked.length).toBeLessThan(15);
    expect(world.told).toHaveLength(1);
  });

  it("and is put right: the session that is there will do", async () => {
    const world = new World();
    world.ahead = day;
    expect(await world.get()).toBe("SessionOver");
    world.ahead = 0;
    expect(await world.get()).toBe("ASIA1");
  });
});
