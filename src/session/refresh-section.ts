import { editCredentials } from "../aws/files/credentials.ts";
import { refuseLostSection } from "../core/aws-files/changed-section.ts";
import type { Edits } from "../core/aws-files/edit-sections.ts";
import type { InheritedSetting } from "../core/aws-files/inherited-settings.ts";
import type { IniDocument, IniSection } from "../core/aws-files/ini.ts";
import type { Context } from "../core/context.ts";
import { noLongTermKeys } from "../core/plan/plain-session.ts";
import { printableName } from "../core/printable.ts";
import type { SectionNames } from "../core/refresh/section-names.ts";
import { shortTermKeys } from "../core/refresh/short-term.ts";
import type { TimeLeft } from "../core/request/mfa-session-request.ts";
import type { SessionRequest } from "../core/request/session-request.ts";
import { secondsUntil } from "../core/time.ts";
import { credentialsPath } from "../system/paths.ts";
import { haveSession } from "./have-session.ts";
import { sectionDue } from "./section-due.ts";

/** How it is to be written. */
export interface Writing {
  /** The credentials file when the section was found due. */
  readonly before: IniDocument;
  readonly force: boolean;
  readonly overwriteLongTerm: boolean;
}

/** What a section is to get. */
export interface SectionToWrite {
  readonly sections: SectionNames;
  /** ARN of the role; undefined for a session of the user. */
  readonly role?: string | undefined;
  readonly request: Lasting;
  /** What programs would miss there. */
  readonly settings?: readonly InheritedSetting[];
}

/** For a stored session that lasts as it should, or for a new one. */
type Lasting = SessionRequest & { readonly left: TimeLeft };

/** What stands in the section. */
export interface Refreshed {
  readonly expiration: Date;
  /** The path of the copy that was kept of long-term keys, if any were overwritten. */
  readonly backup: string | undefined;
}

/**
 * Has the session that is wanted, asking for a code where it must, and writes it into its section: whether that
 * can be written is for the caller to see before.
 */
export async function refreshSection(
  context: Context,
  { sections, role, request, settings = [] }: SectionToWrite,
  { before, force, overwriteLongTerm }: Writing,
): Promise<Refreshed> {
  const session = await haveSession(context, request);
  if (session === undefined) {
    throw noLongTermKeys(`the credential_process of profile ${printableName(sections.longTerm)}`);
  }
  const target = sections.shortTerm;
  let { expiration } = session;
  const edits = (now: IniDocument): Edits => {
    refuseLostSection(credentialsPath(context.env), sections.longTerm, before, now);
    const isNew = keyIdIn(before, target) !== keyIdIn(now, target);
    const end =
      isNew && !force ? endOf(context, request, role, now.sections.get(target)) : undefined;
    if (end === undefined || end <= expiration) {
      const inherited = settings.map(({ key, value }) => [key, value] as const);
      return new Map([[target, new Map([...shortTermKeys(session, role), ...inherited])]]);
    }
    expiration = end;
    return new Map();
  };
  const backup = await editCredentials(context, { edits, overwriteLongTerm, backup: false });
  return { expiration, backup };
}

function keyIdIn({ sections }: IniDocument, name: string): string | undefined {
  return sections.get(name)?.entries.get("aws_access_key_id")?.value;
}

/**
 * When the session ends that another process has written meanwhile: it may have had to replace ours. Undefined
 * where it is not the one that is wanted.
 */
function endOf(
  context: Context,
  { left, ...request }: Lasting,
  role: string | undefined,
  section: IniSection | undefined,
): Date | undefined {
  const due = sectionDue(context, request, section, { role, leastSeconds: 0, force: false });
  if (due.kind !== "valid") return undefined;
  return secondsUntil(due.expiration, context.now()) <= left.most ? due.expiration : undefined;
}
