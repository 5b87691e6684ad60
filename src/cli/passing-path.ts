import { printable } from "../core/printable.ts";

/** Says of a path of awsmfa that it may soon be gone; undefined for one that stays. */
export function passingPathWords(script: string): string | undefined {
  if (!/[\\/]node_modules[\\/]\.bin[\\/]/.test(script)) return undefined;
  return `${printable(script)} may go with its project, or with the cache of npx, and what runs it would fail. An awsmfa that is installed globally stays.`;
}
