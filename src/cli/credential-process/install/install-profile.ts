import { checkConfig, editConfig } from "../../../aws/files/config.ts";
import { refuseChangedSections } from "../../../core/aws-files/changed-section.ts";
import type { Context } from "../../../core/context.ts";
import { printable } from "../../../core/printable.ts";
import { headersOf } from "../../../core/process-profile/present-profile.ts";
import { settingsOf } from "../../../core/process-profile/process-profile.ts";
import {
  additionWords,
  presentWords,
  usageWords,
} from "../../../core/process-profile/profile-words.ts";
import { guardProcess } from "../../../system/guard-process.ts";
import { inMode, isWanted, nothingWritten, type ModeOptions } from "../../interview/mode.ts";
import { tell } from "../../tell.ts";
import { whatHidesIt } from "../../what-hides-it.ts";
import { planInstall, type InstallPlan, type Wanted } from "./plan-install.ts";

/**
 * Adds a profile to the config file whose `credential_process` gives the session of another one: shows it,
 * asks, and writes. Throws 253 where it would not work or there is nobody to ask, and 255.
 */
export async function installProfile(
  context: Context,
  { profile, as, program, ...options }: Wanted & ModeOptions,
): Promise<void> {
  guardProcess();
  const plan = planInstall(context, { profile, as, program });
  const { added, isDone, now } = plan;
  await inMode(options, isDone, async (mode) => {
    // Nobody should be asked in vain.
    if (mode.kind === "ask") await checkConfig(context);
    const lines = isDone ? presentWords(added) : additionWords(added);
    tell(printable(now.config.path), ...lines);
    if (mode.kind === "show") return;
    if (!(await isWanted(mode))) return tell(nothingWritten);
    await writeProfile(context, plan);
    tell(...usageWords(added));
    const hidden = whatHidesIt(context.env, undefined, added.name);
    if (hidden !== undefined) context.report.say(hidden);
  });
}

/** Writes what was shown, unless there is such a profile by now. */
async function writeProfile(context: Context, { added, now }: InstallPlan): Promise<void> {
  const { path, document } = now.config;
  await editConfig(context, {
    edits(present) {
      const headers = headersOf(added.name, present);
      refuseChangedSections(path, headers, document, present);
      return new Map([[added.header, settingsOf(added)]]);
    },
    overwriteLongTerm: false,
    backup: false,
  });
}
