import type { Report } from "../../src/core/context.ts";

/** Says nothing to anybody. */
export const silentReport: Report = {
  say: () => undefined,
  sayOnce: () => undefined,
  debug: () => undefined,
};
