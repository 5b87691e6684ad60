import { formatSessionFile } from "../../src/core/session/session-file.ts";
import { alias, type Picture } from "./picture.ts";
import type { Stage } from "./stage.ts";

/** A session that a profile got earlier. */
interface Earlier {
  readonly profile: string;
  readonly account: string;
  readonly device: string;
  /** The end of its access key id. */
  readonly key: string;
  /** Negative where it has expired. */
  readonly hoursLeft: number;
}

const sessionHours = 12;

/** Each has at least half a minute until it shows less. */
const earlier: readonly Earlier[] = [
  { profile: "staging", account: "123456789012", device: "phone", key: "Q7RW", hoursLeft: 7.21 },
  { profile: "prod", account: "210987654321", device: "yubikey", key: "4KTM", hoursLeft: 0.71 },
  { profile: "billing", account: "210987654321", device: "yubikey", key: "ZC5H", hoursLeft: 0.08 },
  { profile: "archive", account: "345678901234", device: "phone", key: "N2XE", hoursLeft: -0.7 },
];

/** Role profiles that get a session from that of dev, and the roles of the sandbox that they name. */
const roles = { admin: "admin", audit: "readonly" };

/** Sessions in every state: fresh, in use, about to end, too near their end, past it; and of roles. */
export const status: Picture = {
  name: "status",
  title: "awsmfa status shows the stored sessions and the time they have left",
  columns: 80,
  prepare(stage) {
    for (const session of earlier) leaveSession(stage, session);
    const signIn = `AWS_MFA_TOKEN=${stage.sandbox.freshCode("alice")} awsmfa session s3 ls >/dev/null`;
    const zone = `export TZ=${morningZone(new Date())}`;
    return [alias, zone, signIn, ...Object.entries(roles).map(assumeRole(stage))].join(" && ");
  },
  play: (shell) => shell.run("awsmfa status"),
};

/** The time zone where it is between nine and ten: all sessions end on the day that they began on. */
export function morningZone(now: Date): string {
  const hoursWest = ((now.getUTCHours() - 9 + 11 + 24) % 24) - 11;
  // `Etc/GMT+3` is three hours west, and written so.
  return `Etc/GMT${hoursWest < 0 ? "" : "+"}${hoursWest}`;
}

/** Adds a role profile; gives the command that gets its session. */
function assumeRole({ sandbox, write }: Stage) {
  return ([profile, role]: [string, string]): string => {
    const { arn } = sandbox.role(role);
    const settings = [`role_arn = ${arn}`, "source_profile = dev", "region = us-east-1"];
    write(".aws/config", [`[profile ${profile}]`, ...settings, "", ""].join("\n"));
    return `awsmfa exec --profile ${profile} true`;
  };
}

function leaveSession(stage: Stage, { profile, account, device, key, hoursLeft }: Earlier): void {
  const serial = `arn:aws:iam::${account}:mfa/${device}`;
  const accessKeyId = `AKIA${key.padStart(16, "0")}`;
  const secret = { secretAccessKey: "none", sessionToken: "none" };
  stage.addProfile({ name: profile, accessKeyId, serial, ...secret });
  const text = formatSessionFile({
    ...secret,
    accessKeyId: `ASIA${key.padStart(16, "0")}`,
    issued: hoursFromNow(hoursLeft - sessionHours),
    expiration: hoursFromNow(hoursLeft),
    profile,
    identity: { base: { accessKeyId }, serial, endpoint: stage.sandbox.url },
    role: undefined,
    replaced: [],
  });
  stage.write(`.aws/aws-mfa-secure-sessions/${profile}`, text);
}

function hoursFromNow(hours: number): Date {
  return new Date(Date.now() + hours * 3_600_000);
}
