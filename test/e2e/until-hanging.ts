import { expect, vi } from "vitest";
import { processesOf } from "./processes-of.ts";
import type { WatchHome } from "./watch-home.ts";

/** Waits until askpass has heard that it is to hang, and does. */
export async function untilHanging({ home }: WatchHome): Promise<void> {
  const hanging = expect.stringMatching(/ sleep 987 $/);
  await vi.waitFor(() => expect(processesOf(home)).toContainEqual(hanging), 20_000);
}
