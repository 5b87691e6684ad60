import type { Command } from "commander";
import type { Context } from "../../core/context.ts";
import { writeAll } from "../../system/write-all.ts";
import { namedProfile, profileOption, type SessionOptions } from "../session-options.ts";
import { isReady } from "../../session/active-session.ts";
import { lookOfStdout } from "../look.ts";
import { formatStatus } from "./json.ts";
import { statusPage } from "./page.ts";
import { readStatus } from "./read-status.ts";

interface StatusOptions extends Pick<SessionOptions, "profile"> {
  readonly json?: boolean;
}

const examples = `
Examples:  awsmfa status --profile prod > /dev/null || echo "prod wants a code"
           awsmfa status --json | jq -r '.sessions[] | select(.usable).profile'
Exit code: 0 where the active profile has a usable session, 1 where it has none.`;

/** `awsmfa status`: shows what is stored, and what the next command would find. Asks nothing. */
export function addStatus(program: Command, context: Context): void {
  program
    .command("status")
    .summary("show stored sessions and the time they have left")
    .description(
      "Shows every stored session and the time it has left, and whether the active profile has one " +
        "to use. Never asks for a code, and never calls AWS.",
    )
    .addOption(profileOption())
    .option("--json", "print it for programs, with field names that stay")
    .addHelpText("after", examples)
    .action(async (options: StatusOptions) => {
      const status = readStatus(context, namedProfile(options));
      const text = options.json
        ? formatStatus(status)
        : statusPage(status, await lookOfStdout(context.env));
      writeAll(1, text);
      // No fault, and nothing to say about it: a shell's `if` looks at it.
      if (!isReady(status.active.state)) process.exitCode = 1;
    });
}
