/** So many seconds from now. */
export function fromNow(seconds: number): Date {
  return new Date(Date.now() + seconds * 1000);
}

/** The same in ISO 8601, to the second. */
export function timeFromNow(seconds: number): string {
  return fromNow(seconds)
    .toISOString()
    .replace(/\.\d+Z$/, "Z");
}
