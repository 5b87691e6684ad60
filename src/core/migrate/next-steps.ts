import type { ProfileFiles } from "../aws-files/profile.ts";
import { printable } from "../printable.ts";
import { shellWord } from "../shell-word.ts";
import type { LaidOutSection } from "./laid-out-sections.ts";
import type { SectionMigration } from "./migration.ts";

/** The lines that say how to go on, once a plan was written. */
export function nextSteps(plan: readonly SectionMigration[], files: ProfileFiles): string[] {
  const written = plan.filter(({ kind }) => kind === "change").map(({ section }) => section);
  const example = shellWord(printable(written[0]?.name ?? ""));
  const tools = new Set(written.map(({ tool }) => tool));
  return [
    `From now on:  awsmfa session --profile ${example} s3 ls`,
    `or:           export AWS_PROFILE=${example}`,
    ...replacements
      .filter(([tool]) => tools.has(tool))
      .map(([tool, command]) => replacedBy(tool, command)),
    ...written.flatMap((section) => aboutRoles(section, files)),
  ];
}

/** What does the work of each tool. */
const replacements = [
  ["aws-mfa", "refresh"],
  ["aws-mfa-credentials", "watch"],
] as const;

function replacedBy(tool: string, command: string): string {
  return `awsmfa ${command} replaces ${tool}, with the same options.`;
}

/** Roles are assumed with the temporary keys, until their profiles name the section with the others. */
function aboutRoles({ name, shortTerm }: LaidOutSection, files: ProfileFiles): string[] {
  if (shortTerm === undefined) return [];
  const roles = files
    .names()
    .filter((profile) => files.find(profile)?.setting("source_profile") === shortTerm);
  const whose = roles.map(printable).join(", ");
  return roles.length === 0
    ? []
    : [`For session to serve ${whose}: source_profile = ${printable(name)} there.`];
}
