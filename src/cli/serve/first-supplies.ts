import type { Context } from "../../core/context.ts";
import { supplySession, type Supply } from "../../session/supply-session.ts";

/** The sessions of all profiles that are to be served, in their order. Throws 253, 254 or 255. */
export async function firstSupplies(
  context: Context,
  profiles: readonly string[],
): Promise<readonly [Supply, ...Supply[]]> {
  // As for `aws`, an empty name is none.
  const [named, ...others] = new Set(profiles.filter(Boolean));
  const first = await supplySession(context, named);
  const more: Supply[] = [];
  // A code is good for one use; that of a variable is remembered when it has had its own.
  const codeless = { ...context, token: undefined };
  // One after the other: two prompts at once could not be told apart.
  for (const name of others) more.push(await supplySession(codeless, name));
  return [first, ...more];
}
