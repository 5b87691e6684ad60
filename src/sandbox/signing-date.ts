import { AwsError } from "./aws-error.ts";

const MINUTE = 60_000;

/** The time of an `X-Amz-Date` header (`20260131T235959Z`); undefined when it is malformed. */
export function parseSigningDate(text: string | undefined): Date | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? "");
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** What STS and IAM (5 minutes) or S3 (15 minutes) say to a signature of another time than theirs. */
export function clockError(signedAt: Date, now: Date, service: string): AwsError | undefined {
  return service === "s3" ? s3ClockError(signedAt, now) : queryClockError(signedAt, now);
}

function queryClockError(signedAt: Date, now: Date): AwsError | undefined {
  const ahead = signedAt.getTime() - now.getTime();
  if (Math.abs(ahead) <= 5 * MINUTE) return undefined;
  const [late, verdict, sign] =
    ahead < 0
      ? ["expired", "is now earlier than", "-"]
      : ["not yet current", "is still later than", "+"];
  const limit = new Date(now.getTime() + Math.sign(ahead) * 5 * MINUTE);
  return new AwsError(
    403,
    "SignatureDoesNotMatch",
    `Signature ${late}: ${compact(signedAt)} ${verdict} ${compact(limit)} (${compact(now)} ${sign} 5 min.)`,
  );
}

function s3ClockError(signedAt: Date, now: Date): AwsError | undefined {
  if (Math.abs(signedAt.getTime() - now.getTime()) <= 15 * MINUTE) return undefined;
  return new AwsError(
    403,
    "RequestTimeTooSkewed",
    "The difference between the request time and the current time is too large.",
    {
      RequestTime: compact(signedAt),
      ServerTime: seconds(now),
      MaxAllowedSkewMilliseconds: String(15 * MINUTE),
    },
  );
}

/** ISO 8601 to the second: `2026-01-31T23:59:59Z`. */
export function seconds(date: Date): string {
  return date.toISOString().replace(/\.\d+/, "");
}

function compact(date: Date): string {
  return seconds(date).replace(/[-:]/g, "");
}
