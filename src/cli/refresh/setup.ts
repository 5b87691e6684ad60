import { readProfileFiles } from "../../aws/profiles.ts";
import { sectionWords } from "../../core/aws-files/section-words.ts";
import type { Context } from "../../core/context.ts";
import { configurationError } from "../../core/errors.ts";
import { printable, printableName } from "../../core/printable.ts";
import { sectionNames } from "../../core/refresh/section-names.ts";
import {
  serviceTarget,
  type Service,
  type ServiceTarget,
} from "../../core/service/service-target.ts";
import { Dialogue } from "../../system/dialogue.ts";
import { guardProcess } from "../../system/guard-process.ts";
import { credentialsPath } from "../../system/paths.ts";
import { backupWords } from "../backup-words.ts";
import { askForDevice } from "./setup/ask-for-device.ts";
import { askForCheckedKeys } from "./setup/checked-keys.ts";
import { choosePlace, type Place } from "./setup/choose-place.ts";
import { interviewOn, type Interview } from "./setup/interview.ts";
import { nextSteps } from "./setup/next-steps.ts";
import { offeredProfile, setupSections, type SetupOptions } from "./setup/setup-options.ts";
import { writeKeys } from "./setup/write-keys.ts";

/**
 * `awsmfa refresh --setup`: asks for an IAM user's keys and device on the terminal, checks them, and writes
 * them at the very end. Throws 253 where there is no terminal, and at the end of input.
 */
export async function runSetup(context: Context, options: SetupOptions): Promise<void> {
  const offered = offeredProfile(context.env, options);
  const { longTerm } = sectionNames(offered, setupSections(options));
  guardProcess();
  const dialogue = Dialogue.open();
  if (dialogue === undefined) throw noTerminalError(context, longTerm);
  try {
    await setUp(context, interviewOn(dialogue), options, offered);
  } finally {
    dialogue.close();
  }
}

async function setUp(
  context: Context,
  interview: Interview,
  options: SetupOptions,
  offered: string,
): Promise<void> {
  const place = await choosePlace(context, interview, options, offered);
  if (place === undefined) {
    interview.tell("Nothing was written.");
    return;
  }
  const { longTerm } = place.sections;
  const sts = targetFor("STS", context, place, "");
  const checked = await askForCheckedKeys(context, interview, { section: longTerm, sts });
  const iam = targetFor("IAM", context, place, checked.user?.arn ?? "");
  const serial = await askForDevice(context, interview, checked, iam);
  const backup = await writeKeys(context, place, checked.keys, serial);
  interview.tell(`Wrote ${sectionWords(longTerm, credentialsPath(context.env))}.`);
  if (backup !== undefined) interview.tell(backupWords(backup));
  interview.tell(nextSteps(place, options));
}

/** The settings of the profile that is written apply, and those of the one that it is for. */
function targetFor(
  service: Service,
  { env }: Context,
  { profile, sections }: Place,
  arn: string,
): ServiceTarget {
  const files = readProfileFiles(env);
  const profiles = [sections.longTerm, profile].flatMap((name) => files.find(name) ?? []);
  return serviceTarget(service, env, files, profiles, arn);
}

function noTerminalError({ env }: Context, section: string): Error {
  const lines = [
    `[${printableName(section)}]`,
    "aws_access_key_id = AKIA…",
    "aws_secret_access_key = …",
    "mfa_serial = arn:aws:iam::123456789012:mfa/name",
  ];
  return configurationError("NoTerminal", "--setup asks for the keys, and there is no terminal.", {
    hint:
      "Run it in the foreground of a terminal, or write this by hand into\n" +
      `  ${printable(credentialsPath(env))}:\n    ${lines.join("\n    ")}`,
  });
}
