import { fnv1a } from "../session/fnv1a.ts";

/** Longest readable part, in characters: with what stands around it systemd takes 255. */
const longest = 40;

/** The systemd unit that watches these profiles. */
export function unitName(profiles: readonly string[]): string {
  return `awsmfa-watch-${nameOf(profiles)}.service`;
}

/** The launchd agent that watches these profiles. */
export function agentLabel(profiles: readonly string[]): string {
  return `awsmfa.watch.${nameOf(profiles)}`;
}

/**
 * Safe in a file name, the same for the same profiles in any order, and another one for others: where it
 * does not tell by itself, a hash does. Small letters only, for macOS takes `Dev` and `dev` for one file.
 */
function nameOf(profiles: readonly string[]): string {
  const names = [...new Set(profiles)].toSorted();
  const readable = names.map(readableName).filter(Boolean).join("-").slice(0, longest);
  const isItself = readable !== "" && names.length === 1 && readable === names[0];
  if (isItself && !looksHashed(readable)) return readable;
  return [readable.replace(/-+$/, ""), fnv1a(JSON.stringify(names))].filter(Boolean).join("-");
}

function readableName(profile: string): string {
  return profile
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

/** Else profile `dev-0123abcd` could take the name that `Dev` has. */
function looksHashed(name: string): boolean {
  return /(?:^|-)[0-9a-f]{8}$/.test(name);
}
