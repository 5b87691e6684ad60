import type { Command } from "commander";
import type { Context } from "../../core/context.ts";
import type { MigrateOptions } from "./migrate-options.ts";

/** `awsmfa migrate`: lets `session` work with what other MFA tools keep in the credentials file. */
export function addMigrate(program: Command, context: Context): void {
  program
    .command("migrate")
    .argument("[profiles...]")
    .summary("prepare the credentials file of another MFA tool for session")
    .description(
      "Adds mfa_serial to sections of the credentials file that are laid out for aws-mfa or " +
        "aws-mfa-credentials, to those named or to all, so that session works with them. Shows " +
        "what is to change, asks, and keeps a copy of the file. Those tools go on working.",
    )
    .option("--device <serial>", "the MFA device of a section that names none")
    .option("--dry-run", "show what would change, and write nothing")
    .option("--yes", "write without asking")
    .action(async (profiles: string[], options: MigrateOptions) => {
      const { runMigrate } = await import("./run-migrate.ts");
      await runMigrate(context, profiles, options);
    });
}
