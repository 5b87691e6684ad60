import { printable } from "../core/printable.ts";
import type { FromMfaSessionInit } from "./types.ts";

const kinds: Readonly<Record<keyof FromMfaSessionInit, "string" | "function" | "object">> = {
  profile: "string",
  filepath: "string",
  configFilepath: "string",
  mfaCodeProvider: "function",
  clientConfig: "object",
  parentClientConfig: "object",
  logger: "object",
};

/** Programs in JavaScript may give anything, and would act as somebody else than they mean. Throws a TypeError. */
export function checkInit(init: unknown): void {
  if (typeof init !== "object" || init === null || Array.isArray(init)) {
    throw new TypeError('fromMfaSession takes an object, such as { profile: "dev" }.');
  }
  for (const [name, value] of Object.entries(init)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name as keyof FromMfaSessionInit] : undefined;
    if (kind === undefined) {
      const known = Object.keys(kinds).join(", ");
      throw new TypeError(`fromMfaSession has no option ${printable(name)}: it takes ${known}.`);
    }
    if (value === undefined || typeof value === kind) continue;
    throw new TypeError(`the option ${name} of fromMfaSession takes ${articles[kind]}.`);
  }
}

const articles = { string: "a string", function: "a function", object: "an object" } as const;
