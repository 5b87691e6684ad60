import type { Context } from "../../core/context.ts";
import type { Lock } from "../../system/lock-attempt.ts";

/** One of the two AWS files, by what the environment says of it. */
export interface AwsFile {
  /** As it is named; links may lead elsewhere. */
  readonly path: string;
  /** What names another one. */
  readonly variable: "AWS_CONFIG_FILE" | "AWS_SHARED_CREDENTIALS_FILE";
  /** Waits for the lock that all take who write this file. Throws 253 or 255 where it cannot be had. */
  readonly lock: (context: Context) => Promise<Lock>;
}
