import { fnv1a } from "../session/fnv1a.ts";

/** Longest readable part, in characters: with what stands around it systemd takes 255. */
const longest = 40;

/** The systemd unit that keeps these sections fresh. */
export function unitName(sections: readonly string[]): string {
  return `awsmfa-watch-${nameOf(sections)}.service`;
}

/** The launchd agent that keeps these sections fresh. */
export function agentLabel(sections: readonly string[]): string {
  return `awsmfa.watch.${nameOf(sections)}`;
}

/**
 * Safe in a file name, the same for the same sections in any order, and another one for others: where it
 * does not tell by itself, a hash does. Small letters only, for macOS takes `Dev` and `dev` for one file.
 */
function nameOf(sections: readonly string[]): string {
  const names = [...new Set(sections)].toSorted();
  const readable = names.map(readableName).filter(Boolean).join("-").slice(0, longest);
  const isItself = readable !== "" && names.length === 1 && readable === names[0];
  if (isItself && !looksHashed(readable)) return readable;
  return [readable.replace(/-+$/, ""), fnv1a(JSON.stringify(names))].filter(Boolean).join("-");
}

function readableName(section: string): string {
  return section
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

/** Else section `dev-0123abcd` could take the name that `Dev` has. */
function looksHashed(name: string): boolean {
  return /(?:^|-)[0-9a-f]{8}$/.test(name);
}
