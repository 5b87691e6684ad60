import { printable } from "../core/printable.ts";

/** Where an edited file was copied to before. Begins with the path, so that it may stand after `awsmfa: `. */
export function backupWords(path: string): string {
  return `${printable(path)} holds the file as it was before.`;
}
