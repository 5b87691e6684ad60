import type { IniDocument } from "../../core/aws-files/ini.ts";
import { profileFiles, type ProfileFiles } from "../../core/aws-files/profile.ts";
import type { Environment } from "../../core/environment.ts";
import { configPath, credentialsPath } from "../../system/paths.ts";
import { readIniFile } from "./read-ini-file.ts";

/** Both AWS files, together and each by itself. */
export interface AwsFiles {
  readonly files: ProfileFiles;
  readonly config: IniDocument;
  readonly credentials: IniDocument;
}

/** Reads both AWS files. Throws 253 with path and line where the AWS CLI could not read them either. */
export function readAwsFiles(env: Environment): AwsFiles {
  const credentials = readIniFile(credentialsPath(env));
  const config = readIniFile(configPath(env));
  return { files: profileFiles(config, credentials), config, credentials };
}

/** The same, for whom the profiles will do. */
export function readProfileFiles(env: Environment): ProfileFiles {
  return readAwsFiles(env).files;
}
