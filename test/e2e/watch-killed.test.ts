import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { parseIni } from "../../src/core/aws-files/ini.ts";
import { processesOf } from "./processes-of.ts";
import { startWatchHome, type WatchHome } from "./watch-home.ts";

test("ended at 20 moments of a renewal it leaves the old file or the new one", async () => {
  const homes = await Promise.all([1, 2, 3, 4].map(() => endAgainAndAgain(5)));
  const wrote = homes.flat();
  expect(wrote).toHaveLength(20);
});

/** Ends watchers, by force and not; tells of each whether the file was new by then. */
async function endAgainAndAgain(times: number): Promise<boolean[]> {
  await using home = await startWatchHome();
  const others = home.text();
  const wrote: boolean[] = [];
  while (wrote.length < times) {
    const isForced = wrote.length % 2 === 0;
    wrote.push(await endOnce(home, others, isForced ? "SIGKILL" : "SIGTERM"));
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
  signal: "SIGKILL" | "SIGTERM",
): Promise<boolean> {
  const watcher = home.watch(["--profile", "dev"]);
  await watcher.until(/is (valid for|renewed)/);
  const old = home.text();
  watcher.signal("SIGUSR1");
  await sleep(Math.random() * 1200);
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
