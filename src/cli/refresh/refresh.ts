import { InvalidArgumentError, Option, type Command } from "commander";
import type { Context } from "../../core/context.ts";
import { firstVariable } from "../../core/environment.ts";
import {
  namedProfile,
  profileOption,
  tokenOption,
  type SessionOptions,
} from "../session-options.ts";
import { logLevels, type LogLevel } from "./log-level.ts";

/** As the Python tool aws-mfa has them, and one more. */
interface RefreshOptions extends SessionOptions {
  readonly device?: string;
  readonly duration?: string;
  readonly longTermSuffix?: string;
  readonly shortTermSuffix?: string;
  readonly assumeRole?: string;
  readonly roleSessionName?: string;
  readonly force?: true;
  readonly overwriteLongTerm?: true;
  readonly logLevel: LogLevel;
  readonly setup?: true;
}

const more = `
Examples:  awsmfa refresh
           awsmfa refresh --profile dev --duration 1800
           awsmfa refresh --assume-role arn:aws:iam::123456789012:role/admin
           awsmfa refresh --setup

Variables:       MFA_DEVICE, MFA_STS_DURATION, MFA_ASSUME_ROLE
Keys of a file:  aws_mfa_device, else mfa_serial; assume_role
An option beats a variable, and that the file. --long-suffix, --short-suffix,
--assume and --mfa-token are other names of options.`;

/** `awsmfa refresh`: writes a session into the credentials file, for programs that know nothing of MFA. */
export function addRefresh(program: Command, context: Context): void {
  program
    .command("refresh")
    .summary("write a session into the credentials file")
    .description(
      "Gets a session with the keys in [<profile>-long-term] of the credentials file and writes it " +
        "to [<profile>], where every program finds it. Asks for a code if need be, and leaves the " +
        "rest of the file as it is. Takes the options, variables and keys of aws-mfa.",
    )
    .addOption(profileOption())
    .option("--device <serial>", "the MFA device")
    .addOption(durationOption())
    .option("--assume-role <arn>", "write a session of this role")
    .addOption(otherName("--assume <arn>", "assumeRole"))
    .option("--role-session-name <name>", "its name in logs (default: yours, here)")
    .option("--long-term-suffix <suffix>", 'of the section with the keys, or "none"')
    .addOption(otherName("--long-suffix <suffix>", "longTermSuffix"))
    .option("--short-term-suffix <suffix>", "of the section that is written")
    .addOption(otherName("--short-suffix <suffix>", "shortTermSuffix"))
    .option("--force", "renew it even if it is still valid")
    .addOption(tokenOption())
    .addOption(otherName("--mfa-token <code>", "token"))
    .option("--overwrite-long-term", "even where [<profile>] holds long-term keys")
    .option("--setup", "ask for the keys of an IAM user, and write them")
    .addOption(logLevelOption())
    .addHelpText("after", more)
    .action(async (options: RefreshOptions) => {
      if (options.setup) await (await import("./setup.ts")).runSetup(context, options);
      else await refresh(context, options);
    });
}

async function refresh(context: Context, options: RefreshOptions): Promise<void> {
  const { runRefresh } = await import("./run-refresh.ts");
  const { env } = context;
  const named = namedProfile(options) ?? firstVariable(env, "AWS_PROFILE", "AWS_DEFAULT_PROFILE");
  await runRefresh(
    { ...context, token: options.token },
    {
      profile: named ?? "default",
      flags: {
        suffixes: { longTerm: options.longTermSuffix, shortTerm: options.shortTermSuffix },
        device: options.device,
        duration: options.duration,
        assumeRole: options.assumeRole,
        roleSessionName: options.roleSessionName,
        force: options.force ?? false,
      },
      overwriteLongTerm: options.overwriteLongTerm ?? false,
      logLevel: options.logLevel,
    },
  );
}

function durationOption(): Option {
  const option = new Option("--duration <seconds>", "how long it lasts (43200, of a role 3600)");
  return option.argParser((text) => {
    if (/^\d+$/.test(text)) return text;
    throw new InvalidArgumentError("It takes whole seconds.");
  });
}

function logLevelOption(): Option {
  const option = new Option("--log-level <level>", "WARNING tells less, DEBUG more");
  return option.default("INFO", "INFO").argParser((text): LogLevel => {
    const level = logLevels.find((known) => known === text.toUpperCase());
    if (level !== undefined) return level;
    throw new InvalidArgumentError(`It takes one of ${logLevels.join(", ")}.`);
  });
}

/** A name that aws-mfa has for an option beside its first one. */
function otherName(flags: string, attribute: string): Option {
  return Object.assign(new Option(flags).hideHelp(), { attributeName: () => attribute });
}
