import { printableName } from "../../core/printable.ts";
import { secondsUntil } from "../../core/time.ts";
import type { WatchEvent } from "../../core/watch/watch-event.ts";
import { reasonWords } from "../reason-words.ts";
import { durationWords, localTime, localTimeWithOffset } from "../../core/time-words.ts";

const tenMinutes = 600;

type EventOf<Kind extends WatchEvent["kind"]> = Extract<WatchEvent, { kind: Kind }>;

/** What happened, as a sentence; without the hint of a trouble. */
export function watchWords(event: WatchEvent, now: Date): string {
  switch (event.kind) {
    case "valid":
    case "renewed":
      return keptWords(event, now);
    case "due":
      return reasonWords(event.target, event.reason, undefined);
    case "trouble":
      return troubleWords(event, now);
    case "notice":
      return event.text;
    case "ended":
      return `ended by ${event.signal}.`;
  }
}

function keptWords(event: EventOf<"valid" | "renewed">, now: Date): string {
  const { kind, target, expiration, renewal } = event;
  const left = secondsLeft(expiration, now);
  const end = localTimeWithOffset(expiration);
  const profile = `profile ${printableName(target)} is ${kind === "renewed" ? "renewed" : "valid"}`;
  if (left <= 0) return `${profile}, but over by this computer's clock (${end}): set the clock.`;
  const validity = `${kind === "renewed" ? ": valid" : ""} for ${durationWords(left)}, until ${end}`;
  return `${profile}${validity}; renewal at ${localTime(renewal, now)}.`;
}

function troubleWords({ target, message, retry }: EventOf<"trouble">, now: Date): string {
  // One line: what came over the network may have several.
  const what = message.trim().replace(/\s*\n\s*/g, " ");
  const told = `profile ${printableName(target)}: ${what}`;
  return retry === undefined ? told : `${told.replace(/\.$/, "")}; ${retryWords(retry, now)}.`;
}

function retryWords(retry: Date, now: Date): string {
  const wait = secondsLeft(retry, now);
  return wait <= 0 ? "trying again now" : `trying again in ${durationWords(wait)}`;
}

/** Rounded: twelve hours are twelve hours still when the answer of AWS has come. */
function secondsLeft(time: Date, now: Date): number {
  const seconds = secondsUntil(time, now);
  const unit = seconds < tenMinutes ? 1 : 60;
  return Math.round(seconds / unit) * unit;
}
