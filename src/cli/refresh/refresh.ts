import { Option, type Command } from "commander";
import type { Context } from "../../core/context.ts";
import { profileOption, tokenOption, type SessionOptions } from "../session-options.ts";
import { runSetup } from "./setup.ts";

interface RefreshOptions extends SessionOptions {
  readonly device?: string;
  readonly duration?: string;
  readonly longTermSuffix?: string;
  readonly shortTermSuffix?: string;
  readonly assumeRole?: string;
  readonly roleSessionName?: string;
  readonly force?: true;
  readonly overwriteLongTerm?: true;
  readonly logLevel?: string;
  readonly setup?: true;
}

/** `awsmfa refresh`: writes a session into the credentials file, for programs that know nothing of MFA. */
export function addRefresh(program: Command, context: Context): void {
  program
    .command("refresh")
    .summary("write a session into the credentials file")
    .addOption(profileOption())
    .addOption(tokenOption())
    .option("--setup", "ask for an IAM user's keys and write them")
    .addOption(new Option("--long-suffix, --long-term-suffix <suffix>", "…"))
    .action(async (options: RefreshOptions) => {
      if (options.setup) await runSetup(context, options);
    });
}
