import type { IniDocument } from "../aws-files/ini.ts";
import { longTermKeyIn } from "../aws-files/long-term-keys.ts";
import type { ProfileFiles } from "../aws-files/profile.ts";
import { profileOfLongTerm, usualTarget } from "../refresh/section-names.ts";

/** A section whose long-term keys another tool gets sessions with. */
export interface LaidOutSection {
  readonly name: string;
  readonly tool: "aws-mfa" | "aws-mfa-credentials";
  readonly accessKeyId: string;
  /** The profile that people work with in its place, where the name tells: `dev` of `dev-long-term`. */
  readonly shortTerm: string | undefined;
}

/** The sections that are laid out for aws-mfa or aws-mfa-credentials, in the order of the file. */
export function laidOutSections(credentials: IniDocument, files: ProfileFiles): LaidOutSection[] {
  return [...credentials.sections].flatMap(([name, section]) => {
    const accessKeyId = longTermKeyIn(section);
    // A half pair would be no use, and a token may come from [DEFAULT].
    if (accessKeyId === undefined || keysKind(files, name) !== "long-term") return [];
    const shortTerm = profileOfLongTerm(name) || undefined;
    const tool = toolOf(name, shortTerm, files);
    return tool === undefined ? [] : [{ name, tool, accessKeyId, shortTerm }];
  });
}

/**
 * aws-mfa names its sections by suffixes that can be chosen, `none` among them; its own key tells them
 * all. aws-mfa-credentials has one suffix, for the temporary keys.
 */
function toolOf(
  name: string,
  shortTerm: string | undefined,
  files: ProfileFiles,
): LaidOutSection["tool"] | undefined {
  const namesDevice = Boolean(files.find(name)?.setting("aws_mfa_device"));
  if (namesDevice || shortTerm !== undefined) return "aws-mfa";
  return keysKind(files, usualTarget(name)) === "temporary" ? "aws-mfa-credentials" : undefined;
}

function keysKind(files: ProfileFiles, name: string): string | undefined {
  return files.find(name)?.keys.kind;
}
