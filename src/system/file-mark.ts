import { statSync } from "node:fs";
import { errorCode } from "./error-code.ts";

/** A text that differs wherever a file has been written, replaced, removed, or given another mode. */
export function fileMark(path: string): string {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (stats === undefined) return "none";
    const { dev, ino, size, mtimeNs, ctimeNs } = stats;
    return [dev, ino, size, mtimeNs, ctimeNs].join(" ");
  } catch (error) {
    return errorCode(error);
  }
}
