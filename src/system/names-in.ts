import { readdirSync } from "node:fs";

/** What a folder holds; nothing where it cannot be listed, for it can still be written to. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
