import { checkCredentials } from "../../aws/files/credentials.ts";
import { refuseLongTermKeys } from "../../aws/files/long-term-guard.ts";
import { readAwsFiles } from "../../aws/files/profiles.ts";
import type { Context } from "../../core/context.ts";
import { minimumSeconds } from "../../core/duration.ts";
import { describeRequest } from "../../core/plan/describe-plan.ts";
import { planRefresh, type RefreshFlags } from "../../core/refresh/plan-refresh.ts";
import { lastingAsAsked } from "../../session/lasting-as-asked.ts";
import { refreshSection } from "../../session/refresh-section.ts";
import { sectionDue } from "../../session/section-due.ts";
import { userName } from "../../system/user-name.ts";
import { backupWords } from "../backup-words.ts";
import { reasonWords } from "../reason-words.ts";
import { whatHidesIt } from "../what-hides-it.ts";
import { reportAt, type LogLevel } from "./log-level.ts";
import { expiryWords, validWords } from "./refresh-words.ts";

/** What `awsmfa refresh` was asked for. */
export interface RefreshInput {
  readonly profile: string;
  readonly flags: RefreshFlags;
  readonly overwriteLongTerm: boolean;
  readonly logLevel: LogLevel;
}

/** Writes a session into a section of the credentials file, unless one is there that will do. */
export async function runRefresh(asked: Context, input: RefreshInput): Promise<void> {
  const { report, tell } = reportAt(input.logLevel, asked.report);
  const context = { ...asked, report };
  const { env, now } = context;
  const awsFiles = readAwsFiles(env);
  const surroundings = { env, files: awsFiles.files, userName: userName(env), now: now() };
  const plan = planRefresh(input.profile, input.flags, surroundings);
  const target = plan.sections.shortTerm;
  report.debug(() => `[${target}] gets: ${describeRequest(plan.request)}`);
  const section = awsFiles.credentials.sections.get(target);
  const { overwriteLongTerm, flags } = input;
  if (!overwriteLongTerm) refuseLongTermKeys(env, target, section);
  const hidden = whatHidesIt(env, awsFiles.files.find(target), target);
  if (hidden !== undefined) report.say(hidden);
  const { role, request } = plan;
  const leastSeconds = Math.min(minimumSeconds(env), plan.seconds / 2);
  const due = sectionDue(context, request, section, { role, leastSeconds, force: flags.force });
  if (due.kind === "valid") {
    tell(validWords(target, due.expiration, now()));
    return;
  }
  tell(reasonWords(target, due.reason, role));
  // Nobody should give a code for a file that cannot be written.
  await checkCredentials(context);
  const writing = { before: awsFiles.credentials, force: flags.force, overwriteLongTerm };
  const lasting = { ...plan, request: lastingAsAsked(context, request, plan.seconds) };
  const { expiration, backup } = await refreshSection(context, lasting, writing);
  if (backup !== undefined) report.say(backupWords(backup));
  tell(expiryWords(target, expiration, now()));
}
