import { expect } from "vitest";
import type { WatchHome } from "./watch-home.ts";

/** What a watcher says holds no secret key and no token, be it a user's or a session's. */
export function expectNoSecrets(home: WatchHome, ...said: readonly string[]): void {
  const values = [...home.text().matchAll(/^aws_(?:secret\w+|\w+_token) *= *(\S+)$/gm)];
  const secrets = [home.user.secretAccessKey, ...values.map(([, value]) => value!)];
  const told = secrets.filter((secret) => said.some((text) => text.includes(secret)));
  expect(told).toEqual([]);
}
