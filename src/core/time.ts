/** How many seconds are left, or negative ones since then. */
export function secondsUntil(time: Date, now: Date): number {
  return (time.getTime() - now.getTime()) / 1000;
}

/** ISO 8601 in UTC, to the second: `2019-11-10T05:51:14Z`. */
export function formatTime(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, "Z");
}

/** ISO 8601 as both AWS CLIs write it, and Ruby's `2019-11-10 05:51:14 UTC` or `… +0100`. */
export function parseTime(value: unknown): Date | undefined {
  if (typeof value !== "string") return undefined;
  const parts = timePattern.exec(value);
  if (parts === null) return undefined;
  const [, date, time, hours, minutes] = parts;
  const zone = hours === undefined ? "Z" : `${hours}:${minutes}`;
  const parsed = new Date(`${date}T${time}${zone}`);
  return Number.isNaN(parsed.getTime()) ? undefined : parsed;
}

const timePattern =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d{1,9})?) ?(?:Z|UTC|([+-]\d\d):?(\d\d))$/;
