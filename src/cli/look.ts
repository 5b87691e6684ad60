import { isatty } from "node:tty";
import type picocolors from "picocolors";
import { firstVariable, variable, type Environment } from "../core/environment.ts";
import { guardProcess } from "../system/guard-process.ts";
import { terminalColumns } from "../system/terminal-columns.ts";

/** Paints text, or leaves it as it is. */
export type Colors = ReturnType<typeof picocolors.createColors>;

/** What the reader of stdout can see. */
export interface Look {
  /** In columns. */
  readonly width: number;
  readonly colors: Colors;
  /** Whether more than ASCII can be shown. */
  readonly unicode: boolean;
}

/** Narrower than that, a line may be broken by the terminal. */
const leastWidth = 20;

/** Where nothing says how wide it is, in columns. */
export const usualWidth = 80;

/** Finds out what stands behind stdout. */
export async function lookOfStdout(env: Environment): Promise<Look> {
  const terminal = isatty(1);
  const columns =
    (terminal ? terminalColumns(1) : undefined) ?? wholeNumber(variable(env, "COLUMNS"));
  return {
    width: Math.max(leastWidth, columns ?? usualWidth),
    colors: await colorsFor(terminal && wantsColors(env)),
    unicode: isUtf8(env),
  };
}

/** Loaded late: picocolors looks at `process.stdout` as it loads, and must find nothing there. */
async function colorsFor(enabled: boolean): Promise<Colors> {
  guardProcess();
  const { default: picocolors } = await import("picocolors");
  return picocolors.createColors(enabled);
}

/** `NO_COLOR` counts unless it is empty (no-color.org). */
export function wantsColors(env: Environment): boolean {
  return variable(env, "NO_COLOR") === undefined && env["TERM"] !== "dumb";
}

/** The first of these that is set decides, as for `setlocale`. */
export function isUtf8(env: Environment): boolean {
  const locale = firstVariable(env, "LC_ALL", "LC_CTYPE", "LANG") ?? "";
  return /utf-?8/i.test(locale);
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,4}$/.test(text) ? Number(text) : undefined;
}
