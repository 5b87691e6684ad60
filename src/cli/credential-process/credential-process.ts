import { Option, type Command } from "commander";
import { formatExports } from "../../core/child/export-formats.ts";
import type { Context } from "../../core/context.ts";
import { usageError } from "../../core/errors.ts";
import { supplySession } from "../../session/supply-session.ts";
import { guardProcess } from "../../system/guard-process.ts";
import { writeAll } from "../../system/write-all.ts";
import {
  namedProfile,
  profileOption,
  tokenOption,
  type SessionOptions,
} from "../session-options.ts";
import { reportWhereAsked } from "../report-where-asked.ts";

interface CredentialProcessOptions extends SessionOptions {
  readonly install?: string;
  readonly as?: string;
  readonly yes?: true;
  readonly dryRun?: true;
}

const examples = `
In ~/.aws/config, for programs that use an AWS SDK (AWS_PROFILE=dev-mfa):

  [profile dev-mfa]
  credential_process = awsmfa credential-process --profile dev

(where awsmfa is on the PATH of the program; --install writes its whole path).
It prints a session that has 15 minutes left, and asks for a code if need be: on
the terminal, or by an askpass program.`;

/** `awsmfa credential-process`: answers an SDK that runs it for keys. */
export function addCredentialProcess(program: Command, context: Context): void {
  program
    .command("credential-process")
    .summary("give an MFA session to any SDK, as its credential_process")
    .description(
      "Prints the session of a profile as AWS SDKs expect it of a credential_process, " +
        "or adds a profile that runs it.",
    )
    .addOption(profileOption())
    .addOption(tokenOption())
    .addOption(
      new Option("--install <profile>", "add a profile that has the session of this one").conflicts(
        ["profile", "token"],
      ),
    )
    .option("--as <name>", "what the added profile is called (default: <profile>-mfa)")
    .option("--dry-run", "show what would be added, and write nothing")
    .option("--yes", "add it without asking")
    .addHelpText("after", examples)
    .action(async (options: CredentialProcessOptions) => {
      const { install } = options;
      if (install !== undefined) return addProfile(context, install, options);
      refuseLonely(options);
      return printSession(context, options);
    });
}

function refuseLonely({ as, dryRun, yes }: CredentialProcessOptions): void {
  if ((as ?? dryRun ?? yes) === undefined) return;
  throw usageError(
    "--as, --dry-run and --yes are about adding a profile, and none is to be added.",
    "Say whose session it is to have: --install <profile>.",
  );
}

async function addProfile(
  context: Context,
  profile: string,
  { as, yes, dryRun }: CredentialProcessOptions,
): Promise<void> {
  const { installProfile } = await import("./install/install-profile.ts");
  const program = [process.execPath, process.argv[1] ?? ""];
  await installProfile(context, { profile, as, yes, dryRun, program });
}

async function printSession(context: Context, options: SessionOptions): Promise<void> {
  guardProcess();
  const report = reportWhereAsked(context.report);
  try {
    const asking = { ...context, report, token: options.token };
    const { session } = await supplySession(asking, namedProfile(options));
    writeAll(1, formatExports("process", session, []));
  } catch (error) {
    report.tellAsked(error);
    throw error;
  }
}
