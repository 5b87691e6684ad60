import { accountOfArn } from "../request/iam-arn.ts";
import { sessionKey } from "../request/identity.ts";
import { deviceName } from "../request/mfa-device.ts";
import { baseKey, ownerProfile } from "./session-owner.ts";
import { isUsable, obtainedAt, storedKey, type NamedSession } from "./session.ts";

/** A stored session as people look at it, without its secrets; undefined is unknown. */
export interface SessionSummary {
  /** Name of the file in the store. */
  readonly fileName: string;
  /** As it is written in the AWS files: not yet safe for a terminal. Undefined for environment keys. */
  readonly profile: string | undefined;
  readonly kind: "mfa" | "role";
  /** ARN of the role. */
  readonly role: string | undefined;
  /** The profile of the session that a role hangs on; undefined where it hangs on none. */
  readonly source: string | undefined;
  /** Name of that session's file; undefined where it is not stored. */
  readonly parent: string | undefined;
  readonly device: string | undefined;
  readonly serial: string | undefined;
  /** Account of the role, or of the device. */
  readonly account: string | undefined;
  /** The last four characters of the access key that it was asked for with. */
  readonly key: string | undefined;
  readonly issued: Date | undefined;
  readonly expiration: Date;
  /** Whole seconds until it expires; 0 from then on. */
  readonly secondsLeft: number;
  /** How much of it is left, from 1 to 0. */
  readonly fractionLeft: number;
  /** Whether enough time is left of it. */
  readonly usable: boolean;
  /** Whether the active profile's next command would use it. */
  readonly active: boolean;
}

interface Moment {
  readonly now: Date;
  /** How many seconds a session must have left to be used. */
  readonly minimumSeconds: number;
  /** Name of the file that holds the active profile's session. */
  readonly activeFile: string | undefined;
}

/** What of the stored sessions is to be shown at a moment. */
export function summarizeSessions(
  files: readonly NamedSession[],
  moment: Moment,
): readonly SessionSummary[] {
  const parentOf = parentsAmong(files);
  return files.map((file) => summarizeSession(file, moment, parentOf(file)));
}

function summarizeSession(
  file: NamedSession,
  moment: Moment,
  parent: NamedSession | undefined,
): SessionSummary {
  const { identity, role, issued, expiration } = file;
  const { now, minimumSeconds, activeFile } = moment;
  const started = obtainedAt(file);
  const arn = role?.assumed[0].role_arn;
  const millisecondsLeft = Math.max(0, expiration.getTime() - now.getTime());
  const length = Math.max(millisecondsLeft, expiration.getTime() - started.getTime());
  return {
    fileName: file.name,
    profile: ownerProfile(file.name, file),
    kind: role === undefined ? "mfa" : "role",
    role: arn,
    source: role?.sources[0],
    parent: parent?.name,
    device: identity && deviceName(identity.serial),
    serial: identity?.serial,
    account: accountOfArn(arn ?? identity?.serial ?? ""),
    key: baseKey(file),
    issued,
    expiration,
    secondsLeft: Math.floor(millisecondsLeft / 1000),
    fractionLeft: millisecondsLeft === 0 ? 0 : millisecondsLeft / length,
    usable: isUsable(file, started, now, minimumSeconds),
    active: file.name === activeFile,
  };
}

/** Finds the session that a role hangs on: of copies the one of the profile that it names as its source. */
function parentsAmong(
  files: readonly NamedSession[],
): (file: NamedSession) => NamedSession | undefined {
  const copies = new Map<string, NamedSession[]>();
  for (const file of files) {
    const key = storedKey(file);
    if (key !== undefined) copies.set(key, [...(copies.get(key) ?? []), file]);
  }
  return ({ identity, role }) => {
    const source = role?.sources[0];
    if (identity === undefined || role === undefined || source === undefined) return undefined;
    const found = copies.get(sessionKey(identity, role.assumed.slice(1))) ?? [];
    return found.find((file) => ownerProfile(file.name, file) === source) ?? found[0];
  };
}

/** Profiles by name (`team-2` before `team-10`), then what belongs to none. */
export function bySummaryOrder(one: SessionSummary, other: SessionSummary): number {
  if (one.profile === undefined || other.profile === undefined) {
    return Number(one.profile === undefined) - Number(other.profile === undefined);
  }
  return one.profile.localeCompare(other.profile, "en", { numeric: true });
}
