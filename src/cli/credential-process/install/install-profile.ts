import { checkConfig, editConfig } from "../../../aws/files/config.ts";
import { refuseChangedSections } from "../../../core/aws-files/changed-section.ts";
import type { Context } from "../../../core/context.ts";
import { printable } from "../../../core/printable.ts";
import { headersOf } from "../../../core/process-profile/present-profile.ts";
import { settingsOf } from "../../../core/process-profile/process-profile.ts";
import {
  additionWords,
  presentWords,
  replacementWords,
  usageWords,
} from "../../../core/process-profile/profile-words.ts";
import { guardProcess } from "../../../system/guard-process.ts";
import { inMode, isWanted, nothingWritten, type ModeOptions } from "../../interview/mode.ts";
import { tell } from "../../tell.ts";
import { temporaryPathWords } from "../../temporary-path.ts";
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
  const { added, presence, now } = plan;
  await inMode(options, presence.kind === "present", async (mode) => {
    // Nobody should be asked in vain.
    if (mode.kind === "ask") await checkConfig(context);
    tell(printable(now.config.path), ...planWords(plan));
    if (mode.kind === "show") return;
    if (!(await isWanted(mode))) return tell(nothingWritten);
    await writeProfile(context, plan);
    if (presence.kind === "missing") tell(...usageWords(added));
    const temporary = temporaryPathWords(program[1] ?? "", "profile");
    if (temporary !== undefined) context.report.say(temporary);
    const hidden = whatHidesIt(context.env, undefined, added.name);
    if (hidden !== undefined) context.report.say(hidden);
  });
}

function planWords({ added, presence }: InstallPlan): string[] {
  switch (presence.kind) {
    case "missing":
      return additionWords(added);
    case "outdated":
      return replacementWords(presence.command, presence.header, added.command);
    case "present":
      return presentWords(added);
  }
}

/** Writes what was shown, unless the profile is another one by now. */
async function writeProfile(
  context: Context,
  { added, presence, now }: InstallPlan,
): Promise<void> {
  const { path, document } = now.config;
  await editConfig(context, {
    edits(present) {
      const headers = headersOf(added.name, present);
      refuseChangedSections(path, headers, document, present);
      return presence.kind === "outdated"
        ? new Map([[presence.header, new Map([["credential_process", added.command]])]])
        : new Map([[added.header, settingsOf(added)]]);
    },
    overwriteLongTerm: false,
    backup: false,
  });
}
