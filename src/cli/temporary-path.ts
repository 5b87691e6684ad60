import { existsSync } from "node:fs";
import { join } from "node:path";
import { printable } from "../core/printable.ts";

/** Says of a path of awsmfa that it may soon be gone, and what with it; undefined for one that stays. */
export function temporaryPathWords(script: string, what: string): string | undefined {
  if (!isTemporary(script)) return undefined;
  return `${printable(script)} is part of a project, or of npx's cache: when that goes, this ${what} stops working. Install awsmfa globally (npm install --global), and run this again.`;
}

/** Packages that are installed globally are no project's. */
function isTemporary(script: string): boolean {
  const [, folder] = /^(.*?)[\\/]node_modules[\\/]/.exec(script) ?? [];
  if (folder === undefined) return false;
  if (/[\\/]_npx[\\/]/.test(script)) return true;
  return existsSync(join(folder, "package.json")) && !/[\\/]pnpm[\\/]global[\\/]/.test(script);
}
