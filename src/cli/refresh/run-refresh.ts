import { longTermKeysError } from "../../aws/edit-credentials.ts";
import { readIniFile } from "../../aws/read-ini-file.ts";
import type { IniSection } from "../../core/aws-files/ini.ts";
import { longTermKeyIn } from "../../core/aws-files/long-term-keys.ts";
import { profileFiles } from "../../core/aws-files/profile.ts";
import type { Context } from "../../core/context.ts";
import { minimumSeconds } from "../../core/duration.ts";
import { describeRequest } from "../../core/plan/describe-plan.ts";
import { planRefresh, type RefreshFlags } from "../../core/refresh/plan-refresh.ts";
import { renewalDue } from "../../core/refresh/renewal-due.ts";
import { refreshSection } from "../../session/refresh-section.ts";
import { configPath, credentialsPath } from "../../system/paths.ts";
import { userName } from "../../system/user-name.ts";
import { reportAt, type LogLevel } from "./log-level.ts";
import { expiryWords, reasonWords, validWords, backupWords } from "./refresh-words.ts";
import { whatHidesIt } from "./what-hides-it.ts";

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
  const credentials = readIniFile(credentialsPath(env));
  const files = profileFiles(readIniFile(configPath(env)), credentials);
  const surroundings = { env, files, userName: userName(env), now: now() };
  const plan = planRefresh(input.profile, input.flags, surroundings);
  report.debug(() => `[${plan.sections.shortTerm}] gets: ${describeRequest(plan.request)}`);
  const target = plan.sections.shortTerm;
  const section = credentials.sections.get(target);
  if (!input.overwriteLongTerm) refuseLongTermKeys(context, target, section);
  const hidden = whatHidesIt(env, files.find(target), target);
  if (hidden !== undefined) report.say(hidden);
  const leastSeconds = Math.min(minimumSeconds(env), plan.seconds / 2);
  const wanted = { role: plan.role, leastSeconds, force: input.flags.force };
  const due = renewalDue(section, wanted, now());
  if (due.kind === "valid") {
    tell(validWords(target, due.expiration, now()));
    return;
  }
  tell(reasonWords(target, due.reason, plan.role));
  const { session, backup } = await refreshSection(context, plan, input);
  if (backup !== undefined) report.say(backupWords(backup));
  tell(expiryWords(target, session.expiration, now()));
}

/** The writer refuses them, too; but nobody should give a code for that. */
function refuseLongTermKeys({ env }: Context, name: string, section: IniSection | undefined): void {
  const keyId = section && longTermKeyIn(section);
  if (keyId !== undefined) throw longTermKeysError(credentialsPath(env), name, keyId);
}
