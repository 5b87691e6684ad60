import { printable } from "../../../core/printable.ts";

/** Whose keys they are. */
export interface User {
  readonly arn: string;
  readonly account: string;
  /** For a sentence: `user alice`. */
  readonly words: string;
  /** The serial that a device gets where nobody gives it another name; undefined where none is usual. */
  readonly usualDevice: string | undefined;
}

/** Whom an ARN of GetCallerIdentity names. */
export function userOfArn(arn: string, account: string): User {
  const [, partition, name] = /^arn:([^:]+):iam::\d+:user\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (partition !== undefined && name !== undefined) {
    const usualDevice = `arn:${partition}:iam::${account}:mfa/${name}`;
    return { arn, account, words: `user ${printable(name)}`, usualDevice };
  }
  const words = arn.endsWith(":root") ? "the root user" : printable(arn);
  return { arn, account, words, usualDevice: undefined };
}
