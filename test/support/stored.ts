import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { timeFromNow } from "./times.ts";

/** The session store of a lab or of a user's home. */
export interface Store {
  readonly store: string;
  /** Names of the files in it. */
  stored(): string[];
}

/** Leaves a session file in the store. */
export function leaveInStore(
  { store }: Store,
  name: string,
  file: Readonly<Record<string, unknown>>,
): void {
  const path = join(store, name);
  mkdirSync(store, { recursive: true });
  chmodSync(store, 0o700);
  writeFileSync(path, JSON.stringify(file));
  chmodSync(path, 0o600);
}

/** Name of the file of a profile's session, of whichever kind. */
export function storedName({ stored }: Store, profile: string): string {
  return stored().find((name) => name.startsWith(`%%role-${profile}-`)) ?? profile;
}

/** What is stored for a profile. */
export function storedFor(home: Store, profile: string): Record<string, string> {
  const text = readFileSync(join(home.store, storedName(home, profile)), "utf8");
  return JSON.parse(text) as Record<string, string>;
}

/** Replaces values of what is stored for a profile. */
export function changeStored(
  home: Store,
  profile: string,
  changes: Readonly<Record<string, unknown>>,
): void {
  leaveInStore(home, storedName(home, profile), { ...storedFor(home, profile), ...changes });
}

/** What a file says of a session that is so many seconds old, and has so many left. */
export function lasting(age: number, left: number): Record<"issued" | "expiration", string> {
  return { issued: timeFromNow(-age), expiration: timeFromNow(left) };
}

/** The same of a session of an hour that is to be replaced early. */
export function nearEnd(): Record<"issued" | "expiration", string> {
  return lasting(2800, 800);
}
