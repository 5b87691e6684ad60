import { Option } from "commander";
import type { Manager } from "../../core/daemon/daemon.ts";
import { repeatable } from "../repeatable.ts";

/** As `awsmfa watch` takes them. */
export interface WatchOptions {
  readonly profile?: readonly string[];
  readonly mfaSerialNumber?: string;
  readonly duration?: string;
  readonly refreshLeadTime?: string;
  readonly target?: readonly string[];
  readonly promptTimeout?: string;
  readonly once?: true;
  readonly json?: true;
  readonly install?: Manager;
  readonly write?: true;
}

/** The options of the tool aws-mfa-credentials, and more. */
export function watchOptions(): Option[] {
  return [
    repeatable("--profile <name>", "whose keys to use; may be repeated"),
    new Option("--mfa-serial-number <serial>", "the MFA device (default: mfa_serial)"),
    new Option("--duration <seconds>", "900 to 129600 (default: 43200)"),
    new Option("--refresh-lead-time <seconds>", "renew so long before its end (default: 300)"),
    repeatable("--target <section>", "where to write (default: <profile>-mfa)"),
    new Option("--prompt-timeout <seconds>", "how long to wait for a code (default: 120)"),
    new Option("--once", "renew what is due, and end: for cron"),
    new Option("--json", "tell it as JSON on stdout, line by line"),
    new Option("--install <manager>", "print a service that runs this")
      .choices(["systemd", "launchd"])
      .conflicts("once"),
    new Option("--write", "put that service in its place"),
  ];
}
