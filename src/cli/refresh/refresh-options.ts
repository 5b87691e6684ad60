import { InvalidArgumentError, Option } from "commander";
import { profileOption, tokenOption } from "../session-options.ts";
import { logLevels, type LogLevel } from "./log-level.ts";

/** The options of the Python tool aws-mfa under all their names, and one more. */
export function refreshOptions(): Option[] {
  return [
    profileOption(),
    new Option("--device <serial>", "the MFA device"),
    durationOption(),
    new Option("--assume-role <arn>", "write a session of this role"),
    otherName("--assume <arn>", "assumeRole"),
    new Option("--role-session-name <name>", "its name in AWS's logs (default: your user name)"),
    new Option("--long-term-suffix <suffix>", "read the keys in [<profile>-<suffix>]"),
    otherName("--long-suffix <suffix>", "longTermSuffix"),
    new Option("--short-term-suffix <suffix>", "write to [<profile>-<suffix>]"),
    otherName("--short-suffix <suffix>", "shortTermSuffix"),
    new Option("--force", "renew it even if it is still valid"),
    tokenOption(),
    otherName("--mfa-token <code>", "token"),
    new Option("--overwrite-long-term", "overwrite long-term keys as well, with a backup"),
    new Option("--setup", "ask for the keys of an IAM user, and write them").conflicts([
      "device",
      "duration",
      "assumeRole",
      "roleSessionName",
      "force",
      "token",
      "overwriteLongTerm",
    ]),
    logLevelOption(),
  ];
}

function durationOption(): Option {
  const option = new Option("--duration <seconds>", "900 to 129600 (43200; of a role 3600)");
  return option.argParser((text) => {
    if (/^\d+$/.test(text)) return text;
    throw new InvalidArgumentError("It takes whole seconds.");
  });
}

function logLevelOption(): Option {
  const option = new Option("--log-level <level>", "how much is told");
  option.choices(logLevels).default("INFO", "INFO");
  // As in Python, the case does not matter.
  return option.argParser((text): LogLevel => {
    const level = logLevels.find((known) => known === text.toUpperCase());
    if (level !== undefined) return level;
    throw new InvalidArgumentError(`It takes one of ${logLevels.join(", ")}.`);
  });
}

/** A name that aws-mfa has for an option beside its first one. */
function otherName(flags: string, attribute: string): Option {
  return Object.assign(new Option(flags).hideHelp(), { attributeName: () => attribute });
}
