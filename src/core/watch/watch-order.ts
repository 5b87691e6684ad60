/** What is to be done to a section. */
export interface Renewal {
  readonly order: WatchOrder;
  /** No session will do that was there by then (ISO 8601). */
  readonly anewSince: string | undefined;
}

/** One section that is to be kept fresh, as the command line says it. */
export interface WatchOrder {
  /** Whose keys sessions are asked for with. */
  readonly profile: string;
  /** The section of the credentials file that gets them. */
  readonly target: string;
  /** `--mfa-serial-number`: the device; undefined leaves that to variable and file. */
  readonly serial: string | undefined;
  /** `--duration`: for how many seconds sessions are asked; undefined leaves that to `AWS_MFA_TTL`. */
  readonly duration: string | undefined;
  /** `--refresh-lead-time`: how many seconds before its end a session is renewed (300). */
  readonly leadTime: string | undefined;
}
