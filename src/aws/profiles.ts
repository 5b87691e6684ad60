import { profileFiles, type ProfileFiles } from "../core/aws-files/profile.ts";
import type { Environment } from "../core/environment.ts";
import { configPath, credentialsPath } from "../system/paths.ts";
import { readIniFile } from "./read-ini-file.ts";

/** Reads both AWS files. Throws 253 with path and line where the AWS CLI could not read them either. */
export function readProfileFiles(env: Environment): ProfileFiles {
  return profileFiles(readIniFile(configPath(env)), readIniFile(credentialsPath(env)));
}
