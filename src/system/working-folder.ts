import { existsSync } from "node:fs";

/** A program that runs for months may outlive the folder it was started in, and Node starts in none. */
export function workingFolder(): string {
  try {
    return folderOr(process.cwd());
  } catch {
    return "/";
  }
}

/** That folder, while it is there. */
export function folderOr(folder: string): string {
  return existsSync(folder) ? folder : "/";
}
