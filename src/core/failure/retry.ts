import { ExitCode, type AwsmfaError } from "../errors.ts";

/** What went wrong, by what may end it. */
export type TroubleKind =
  /** Nobody gave a code that AWS takes, or AWS failed with it: they may have better things to do. */
  | "no-code"
  /** AWS, or the way to it; nobody need be asked to find out whether it is over. */
  | "unreachable"
  /** A file, its lock, a setting. */
  | "configuration"
  /** AWS will not: the next code will fare no better. */
  | "refused";

/** Bounds of the time between two attempts, in seconds. */
const bounds: Readonly<Record<TroubleKind, { first: number; most: number }>> = {
  "no-code": { first: 15, most: 600 },
  unreachable: { first: 5, most: 60 },
  configuration: { first: 5, most: 60 },
  refused: { first: 300, most: 1800 },
};

/** Part of the time by which it varies, for the many that had the same trouble at once. */
const jitter = 0.2;

/** After how many seconds to try again, having failed so many times in this way; `random` from 0 to 1. */
export function retrySeconds(kind: TroubleKind, failures: number, random: number): number {
  const { first, most } = bounds[kind];
  const seconds = Math.min(most, first * 2 ** (failures - 1));
  return seconds * (1 - jitter + 2 * jitter * random);
}

type Failure = Pick<AwsmfaError, "code" | "exitCode">;

/** Which kind of trouble an error is. */
export function troubleKind({ code, exitCode }: Failure): TroubleKind {
  if (noCode.has(code)) return "no-code";
  if (exitCode === ExitCode.configuration) return "configuration";
  if (exitCode !== ExitCode.refused) return "unreachable";
  return passing.test(code) ? "unreachable" : "refused";
}

const noCode: ReadonlySet<string> = new Set(["NoCode", "WrongCode", "LockTimeout", "Interrupted"]);

/** AWS's words for being busy, or having a fault of its own. */
const passing = /Thrott|TooMany|LimitExceeded|SlowDown|Timeout|Internal|Unavailable|^5\d\d$/;
