import { formatSessionFile } from "../../src/core/session-file.ts";
import { alias, type Picture } from "./picture.ts";
import type { Stage } from "./stage.ts";

/** A session that a profile got earlier. */
interface Earlier {
  readonly profile: string;
  readonly device: string;
  readonly accessKeyId: string;
  /** Negative where it has expired. */
  readonly hoursLeft: number;
}

const sessionHours = 12;

const earlier: readonly Earlier[] = [
  { profile: "staging", device: "phone", accessKeyId: "AKIA000000000000Q7RW", hoursLeft: 7.21 },
  { profile: "prod", device: "yubikey", accessKeyId: "AKIA0000000000004KTM", hoursLeft: 2.6 },
  { profile: "billing", device: "yubikey", accessKeyId: "AKIA000000000000ZC5H", hoursLeft: 0.13 },
  { profile: "archive", device: "phone", accessKeyId: "AKIA000000000000N2XE", hoursLeft: -0.7 },
];

/** Sessions in every state: fresh, in use, at their end, past it. */
export const status: Picture = {
  name: "status",
  title: "awsmfa status shows the stored sessions and the time they have left",
  columns: 80,
  prepare(stage) {
    for (const session of earlier) leaveSession(stage, session);
    const code = stage.sandbox.freshCode("alice");
    return `${alias} && AWS_MFA_TOKEN=${code} awsmfa session s3 ls >/dev/null`;
  },
  play: (shell) => shell.run("awsmfa status"),
};

function leaveSession(stage: Stage, { profile, device, accessKeyId, hoursLeft }: Earlier): void {
  const secret = { secretAccessKey: "none", sessionToken: "none" };
  const serial = `arn:aws:iam::123456789012:mfa/${device}`;
  stage.addProfile({ name: profile, accessKeyId, secretAccessKey: "none", serial });
  const text = formatSessionFile({
    ...secret,
    accessKeyId: accessKeyId.replace("AKIA", "ASIA"),
    issued: hoursFromNow(hoursLeft - sessionHours),
    expiration: hoursFromNow(hoursLeft),
    profile,
    identity: { base: { accessKeyId }, serial, endpoint: stage.sandbox.url },
    replaced: [],
  });
  stage.write(`.aws/aws-mfa-secure-sessions/${profile}`, text);
}

function hoursFromNow(hours: number): Date {
  return new Date(Date.now() + hours * 3_600_000);
}
