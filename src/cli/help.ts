import type { Command } from "commander";

/** What stands below the list of commands. */
export const overview = `
Set up:    aws configure set mfa_serial arn:aws:iam::123456789012:mfa/phone
Then:      alias aws="awsmfa session"
           aws s3 ls
Besides:   eval "$(awsmfa exports)"          the session for this shell
           awsmfa exec -- terraform plan     the session for one program
           awsmfa serve -- node server.mjs   and renewed while it runs
           awsmfa credential-process --install dev
                                             a profile for any SDK
           node --import awsmfa/register app.mjs
                                             a Node.js program, or the library
           awsmfa refresh                    the session in the credentials file
           awsmfa watch                      and kept fresh there
Nothing asked, or the wrong thing? AWS_MFA_DEBUG=1 says why.

Exit codes: those of the command that is run, and 252 usage, 253 configuration,
254 refused by AWS, 255 other faults, 130 interrupted, 127 no such command,
126 a command that cannot be executed.`;

/** `awsmfa help` and `awsmfa help <command>`. */
export function addHelp(program: Command): void {
  program
    .helpCommand(false)
    .command("help")
    .argument("[command]")
    .description("print this help, or that of a command")
    .action(async (name?: string) => {
      const named = program.commands.find(
        (command) => command.name() === name || command.aliases().includes(name ?? ""),
      );
      if (name === undefined) program.help();
      else if (named !== undefined) named.help();
      // Complains, and knows the nearest name.
      else await program.parseAsync([name], { from: "user" });
    });
}

/** A fault of usage in commander's words and our form: what is behind the first line belongs to it. */
export function usageMessage(text: string): string {
  const [first = "", ...more] = text.trimEnd().split("\n");
  const hint = hints.find(([fault]) => fault.test(first))?.[1] ?? [];
  const lines = [first.replace(/^error: /, "awsmfa: "), ...more, ...hint];
  return `${lines.join("\n  ")}\n`;
}

const hints: readonly (readonly [fault: RegExp, hint: readonly string[]])[] = [
  [
    /^error: unknown command/,
    ["A command of aws? awsmfa session s3 ls. The others: awsmfa --help."],
  ],
  [
    /^error: unknown option '--profile'/,
    [
      "exports, exec, credential-process, serve, refresh, status and watch take it, behind their names; clean takes the profile's name alone.",
    ],
  ],
  [
    /^error: too many arguments for 'credential-process'/,
    [
      "--profile names a profile, with two plain hyphens; --install takes the name itself: --install dev.",
    ],
  ],
  [
    /^error: too many arguments for '(exports|refresh|status|watch)'/,
    ["A profile is named by --profile, with two plain hyphens."],
  ],
  [/^error: missing required argument 'command'/, ["Such as: awsmfa exec -- terraform plan"]],
];
