import { parseIni } from "../../src/core/aws-files/ini.ts";
import { profileFiles, type ProfileFiles } from "../../src/core/aws-files/profile.ts";

/** Words that stand for longer values in the tables of these tests. */
export const words = new Map([
  ["PHONE", "arn:aws:iam::123456789012:mfa/phone"],
  ["TABLET", "arn:aws:iam::123456789012:mfa/tablet"],
  ["CHINA", "arn:aws-cn:iam::123456789012:mfa/phone"],
  ["PASSKEY", "arn:aws:iam::123456789012:u2f/user/alice/key"],
  ["ADMIN", "arn:aws:iam::123456789012:role/admin"],
  ["AUDIT", "arn:aws:iam::123456789012:role/audit"],
]);

/** A word `key=value` whose value may be one of those, `''` for an empty one, or have ␣ for spaces. */
export function spelledOut(word: string): string {
  const value = word.replace(/^[^=]*=/, "");
  const meant = words.get(value) ?? (value === "''" ? "" : value.replaceAll("␣", " "));
  return word.slice(0, word.length - value.length) + meant;
}

/** Such words as what they say. */
export function saidBy(said: string): Record<string, string> {
  return Object.fromEntries(said.split(" ").map((word) => spelledOut(word).split(/=(.*)/s)));
}

/**
 * Both AWS files in one line: [profile x] and [services x] are sections of the config file, others of the
 * credentials file; keys stands for a pair, and + for the indentation of a nested setting.
 */
export function spelledFiles(text: string): ProfileFiles {
  const config: string[] = [];
  const credentials: string[] = [];
  let file = credentials;
  for (const word of text.match(/\[[^\]]*\]|\S+/g) ?? []) {
    if (word.startsWith("[")) file = /^\[(profile|services) /.test(word) ? config : credentials;
    if (word === "keys") file.push("aws_access_key_id=AKIA", "aws_secret_access_key=secret");
    else file.push(spelledOut(word.replace(/^\+/, "  ")));
  }
  return profileFiles(parseIni(config.join("\n")), parseIni(credentials.join("\n")));
}
