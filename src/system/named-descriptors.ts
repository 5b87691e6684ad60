import { fstatSync } from "node:fs";

/** Shells use at most this one. */
const highest = 255;

/** The open descriptors that arguments name as `/dev/fd/N`; Node would close them for a child. */
export function namedDescriptors(args: readonly string[]): number[] {
  const found = new Set<number>();
  for (const arg of args) {
    if (!arg.includes("/fd/")) continue;
    for (const [, digits] of arg.matchAll(/\/(?:dev|proc\/self)\/fd\/(\d{1,3})\b/g)) {
      found.add(Number(digits));
    }
  }
  return [...found].filter((fd) => fd > 2 && fd <= highest && isOpen(fd));
}

function isOpen(descriptor: number): boolean {
  try {
    fstatSync(descriptor);
    return true;
  } catch {
    return false;
  }
}
