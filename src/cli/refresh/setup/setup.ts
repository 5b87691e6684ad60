import { readProfileFiles } from "../../../aws/files/profiles.ts";
import { inheritedSettings } from "../../../core/aws-files/inherited-settings.ts";
import type { ProfileFiles } from "../../../core/aws-files/profile.ts";
import { sectionWords } from "../../../core/aws-files/section-words.ts";
import type { Context } from "../../../core/context.ts";
import { configurationError } from "../../../core/errors.ts";
import { printable, printableName } from "../../../core/printable.ts";
import { sectionNames } from "../../../core/refresh/section-names.ts";
import { serviceTarget, type ServiceTarget } from "../../../core/service/service-target.ts";
import { guardProcess } from "../../../system/guard-process.ts";
import { credentialsPath } from "../../../system/paths.ts";
import { openInterview, type Interview } from "../../interview/interview.ts";
import { askForCheckedKeys } from "./ask-for-checked-keys.ts";
import { askForOwnDevice } from "./ask-for-own-device.ts";
import { choosePlace, type Place } from "./choose-place.ts";
import { lastWords } from "./last-words.ts";
import { namingOf, type SetupOptions } from "./setup-options.ts";
import { writeKeys, type Found } from "./write-keys.ts";

/**
 * `awsmfa refresh --setup`: asks for an IAM user's keys and device on the terminal, checks them, and writes
 * them at the very end. Throws 253 where there is no terminal, and at the end of input.
 */
export async function runSetup(context: Context, options: SetupOptions): Promise<void> {
  const naming = namingOf(options);
  const { longTerm } = sectionNames(naming.offered, naming.suffixes);
  guardProcess();
  const interview = openInterview();
  if (interview === undefined) throw noTerminalError(context, longTerm);
  try {
    const place = await choosePlace(context, interview, naming);
    if (place === undefined) interview.tell("Nothing was written.");
    else await setUp(context, interview, place);
  } finally {
    interview.close();
  }
}

async function setUp(context: Context, interview: Interview, place: Place): Promise<void> {
  const files = readProfileFiles(context.env);
  const found = await find(context, interview, place, files);
  const backup = await writeKeys(context, place, found);
  const section = sectionWords(place.sections.longTerm, credentialsPath(context.env));
  interview.tell(lastWords({ place, section, inherited: found.inherited, backup }));
}

/** The settings of the profile that is written apply, and those of the one that it is for. */
async function find(
  context: Context,
  interview: Interview,
  { profile, sections: { longTerm } }: Place,
  files: ProfileFiles,
): Promise<Found> {
  const [own, other] = [files.find(longTerm), files.find(profile)];
  const profiles = [own, other].filter((each) => each !== undefined);
  const targetFor = (service: "STS" | "IAM", arn: string): ServiceTarget =>
    serviceTarget(service, context.env, files, profiles, arn);
  const check = { section: longTerm, sts: targetFor("STS", "") };
  const checked = await askForCheckedKeys(context, interview, check);
  const iam = targetFor("IAM", checked.user?.arn ?? "");
  const serial = await askForOwnDevice(context, interview, checked, iam);
  const namesDevice = own?.setting("aws_mfa_device") !== undefined;
  return { keys: checked.keys, serial, inherited: inheritedSettings(own, other), namesDevice };
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
