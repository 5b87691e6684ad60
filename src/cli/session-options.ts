import { Option } from "commander";

/** `--profile` and `--token`, of every command that may ask for a session. */
export interface SessionOptions {
  readonly profile?: string;
  readonly token?: string;
}

/** `--profile`: as that of `aws`, it beats the environment. */
export function profileOption(): Option {
  return new Option("--profile <name>", "the profile (default: AWS_PROFILE, else default)");
}

/** The profile that was named; as for `aws`, an empty name is none. */
export function namedProfile({ profile }: SessionOptions): string | undefined {
  return profile || undefined;
}

/** `--token`: a code, where nobody can be asked. */
export function tokenOption(): Option {
  return new Option("--token <code>", "the MFA code, should one be needed");
}
