import type { Command } from "commander";

/**
 * Abbreviated options written out, where one option alone begins like that: Python's `argparse` takes them,
 * and so scripts that call aws-mfa may hold some.
 */
export function wholeOptions({ options }: Command, args: readonly string[]): string[] {
  return args.map((arg) => {
    const [, name, value = ""] = /^(--[a-z][a-z-]*)(=.*)?$/s.exec(arg) ?? [];
    if (name === undefined || options.some(({ long }) => long === name)) return arg;
    const fitting = options.filter(({ long }) => long?.startsWith(name));
    const meant = new Set(fitting.map((option) => option.attributeName()));
    return meant.size === 1 ? `${fitting[0]?.long}${value}` : arg;
  });
}
