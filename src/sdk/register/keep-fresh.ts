import { nextLookMs } from "../../core/register/next-look.ts";
import {
  registeredVariable,
  type SuppliedEnvironment,
} from "../../core/register/supplied-environment.ts";
import { assign } from "./assign.ts";
import { readsTerminal } from "./reads-terminal.ts";
import { suppliedAtOnce } from "./supplied-at-once.ts";
import { environmentMeanwhile, type Start } from "./environment-process.ts";

/** Clocks jump, and computers sleep: it is never longer until the next look at the time, in milliseconds. */
const mostMs = 10_000;

/** Programs that are tested replace it. */
const later = setTimeout;

/** Puts the next session into the environment of this program before the present one ends, for as long as it runs. */
export function keepFresh(start: Start, first: SuppliedEnvironment): void {
  let { expiration } = first;
  // By a wrong clock a session may be over as it comes: codes that change nothing are asked for less and less often.
  const isOver = (): boolean => Date.parse(expiration ?? "") <= Date.now();
  let failures = isOver() ? 1 : 0;
  let next = 0;
  const plan = (): void => {
    const now = Date.now();
    const leftMs = Date.parse(expiration ?? "") - now;
    next = now + nextLookMs({ leftMs, failures, random: Math.random() });
  };
  const renew = async (): Promise<void> => {
    const before = process.env[registeredVariable];
    // Another program may have given the code.
    const stored = suppliedAtOnce(start, first.profile);
    const supplied = stored ?? (await ask(start, first.profile, failures));
    // The program may have decided otherwise meanwhile.
    if (supplied?.expiration !== undefined && isOurs()) {
      // It may have changed its region, too.
      assign(supplied.keys);
      ({ expiration } = supplied);
    }
    if (process.env[registeredVariable] !== before && !isOver()) failures = 0;
    else if (stored?.expiration === undefined) failures += 1;
    plan();
  };
  const look = async (): Promise<void> => {
    if (Date.now() >= next && isOurs()) await renew();
    wait();
  };
  const wait = (): void => {
    const ms = Math.min(mostMs, Math.max(0, next - Date.now()));
    later(() => void look(), ms).unref();
  };
  plan();
  wait();
}

function ask(
  start: Start,
  profile: string | undefined,
  failures: number,
): Promise<SuppliedEnvironment | undefined> {
  const task = {
    program: process.pid,
    profile,
    isRenewal: true,
    readsTerminal: readsTerminal(),
  };
  // What is wrong has been said once.
  return environmentMeanwhile(start, task, failures === 0 ? "inherit" : "ignore");
}

/** Keys that the program has set itself are its own affair. */
function isOurs(): boolean {
  const id = process.env["AWS_ACCESS_KEY_ID"];
  return id !== undefined && id === process.env[registeredVariable];
}
