import { printable } from "../printable.ts";

/** Whose keys they are. */
export interface IamUser {
  readonly arn: string;
  /** For a sentence: `user alice in account 123456789012`. */
  readonly words: string;
  /** The serial of a device that was given the user's own name; undefined where that tells nothing. */
  readonly usualDevice: string | undefined;
}

/** Whom an ARN of GetCallerIdentity names. */
export function userOfArn(arn: string, account: string): IamUser {
  const place = `in account ${printable(account)}`;
  const [, partition, name] = /^arn:([^:]+):iam::\d+:user\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (partition === undefined || name === undefined) {
    const who = arn.endsWith(":root") ? "the root user" : printable(arn);
    return { arn, words: `${who} ${place}`, usualDevice: undefined };
  }
  const usualDevice = `arn:${partition}:iam::${account}:mfa/${name}`;
  return { arn, words: `user ${printable(name)} ${place}`, usualDevice };
}
