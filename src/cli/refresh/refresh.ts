import type { Command } from "commander";
import type { Context } from "../../core/context.ts";
import { firstVariable, type Environment } from "../../core/environment.ts";
import { namedProfile, type SessionOptions } from "../session-options.ts";
import type { LogLevel } from "./log-level.ts";
import { refreshOptions } from "./refresh-options.ts";
import { wholeOptions } from "./whole-options.ts";

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

An option beats its variable, and a variable beats the file:
  --device         MFA_DEVICE          aws_mfa_device, else mfa_serial
  --duration       MFA_STS_DURATION    (of the user's session: AWS_MFA_TTL)
  --assume-role    MFA_ASSUME_ROLE     assume_role
With the suffix "none" it is [<profile>] itself. Other names that work, too:
--assume, --long-suffix, --short-suffix, --mfa-token, and abbreviations.`;

/** `awsmfa refresh`: writes a session into the credentials file, for programs that know nothing of MFA. */
export function addRefresh(program: Command, context: Context): void {
  const command = program
    .command("refresh")
    .summary("write a session into the credentials file")
    .description(
      "Gets a session with the keys in [<profile>-long-term] of the credentials file and writes it " +
        "to [<profile>], where every program finds it. Asks for a code if need be, and leaves the " +
        "rest of the file as it is. Takes the options, variables and keys of aws-mfa.",
    )
    .addHelpText("after", more)
    .action(async (options: RefreshOptions) => {
      const profile = profileOf(context.env, options);
      if (!options.setup) return refresh(context, profile, options);
      await (await import("./setup/setup.ts")).runSetup(context, { ...options, profile });
    });
  for (const option of refreshOptions()) command.addOption(option);
  const parse = command.parseOptions.bind(command);
  command.parseOptions = (args) => parse(wholeOptions(command, args));
}

function profileOf(env: Environment, options: RefreshOptions): string {
  return (
    namedProfile(options) ?? firstVariable(env, "AWS_PROFILE", "AWS_DEFAULT_PROFILE") ?? "default"
  );
}

async function refresh(context: Context, profile: string, options: RefreshOptions): Promise<void> {
  const { runRefresh } = await import("./run-refresh.ts");
  await runRefresh(
    { ...context, token: options.token },
    {
      profile,
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
