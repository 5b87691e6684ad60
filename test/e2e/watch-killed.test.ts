import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { parseIni } from "../../src/core/aws-files/ini.ts";
import { processesOf } from "./processes-of.ts";
import { startWatchHome, type WatchHome } from "./watch-home.ts";

/** At how many moments of a renewal, 60 ms apart, watchers are ended at most: it is over long before that. */
const mostMoments = 80;

test("ended at any moment of a renewal it leaves the old file or the new one", async () => {
  const homes = await Promise.all([0, 1, 2, 3].map(endFurtherAndFurther));
  expect(new Set(homes.flat())).toEqual(new Set([false, true]));
});

/** Ends watchers, by force and not, at every fourth moment until two have written; tells of each whether it has. */
async function endFurtherAndFurther(from: number): Promise<boolean[]> {
  await using home = await startWatchHome();
  const others = home.text();
  const wrote: boolean[] = [];
  for (let moment = from; moment < mostMoments; moment += 4) {
    if (wrote.filter(Boolean).length === 2) break;
    const signal = (from + wrote.length) % 2 === 0 ? "SIGKILL" : "SIGTERM";
    wrote.push(await endOnce(home, others, moment * 60, signal));
  }
  await vi.waitFor(() => expect(processesOf(home.home)).toEqual([]), { timeout: 5000 });
  const last = home.watch(["--profile", "dev"]);
  await last.until(/is (valid for|renewed)/);
  expect(await home.arnOf("dev-mfa")).toMatch(/:user\/alice$/);
  expect(readdirSync(join(home.home, ".aws")).toSorted()).toEqual([
    ".credentials.lock",
    "aws-mfa-secure-sessions",
    "credentials",
  ]);
  return wrote;
}

async function endOnce(
  home: WatchHome,
  others: string,
  afterMs: number,
  signal: "SIGKILL" | "SIGTERM",
): Promise<boolean> {
  const watcher = home.watch(["--profile", "dev"]);
  await watcher.until(/is (valid for|renewed)/);
  const old = home.text();
  watcher.signal("SIGUSR1");
  await sleep(afterMs);
  watcher.signal(signal);
  expect(await watcher.ended).toBe(signal);
  await vi.waitFor(() => expect(processesOf(home.home)).toEqual([]), { timeout: 5000 });
  const text = home.text();
  expect(text.startsWith(`${others}\n[dev-mfa]\n`)).toBe(true);
  const section = parseIni(text).sections.get("dev-mfa")!;
  expect([...section.entries.keys()]).toContain("expiration");
  expect(await home.arnOf("dev-mfa")).toMatch(/:user\/alice$/);
  return text !== old;
}
