import { expect, test } from "vitest";
import { listen } from "../../src/system/shared-listener.ts";

test("any number that listen to an event are told by one listener, until each has ended", () => {
  const before = process.listenerCount("SIGCONT");
  const told: number[] = [];
  const ends = Array.from({ length: 14 }, (_, index) => listen("SIGCONT", () => told.push(index)));
  expect(process.listenerCount("SIGCONT")).toBe(before + 1);
  ends.shift()?.();
  process.emit("SIGCONT", "SIGCONT");
  expect(told).toEqual(Array.from({ length: 13 }, (_, index) => index + 1));
  for (const end of ends) end();
  expect(process.listenerCount("SIGCONT")).toBe(before);
  const again = listen("SIGCONT", () => told.push(99));
  process.emit("SIGCONT", "SIGCONT");
  again();
  expect(told.at(-1)).toBe(99);
});
