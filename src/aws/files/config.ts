import type { Context } from "../../core/context.ts";
import type { Environment } from "../../core/environment.ts";
import { configPath } from "../../system/paths.ts";
import type { AwsFile } from "./aws-file.ts";
import { checkFile } from "./check-file.ts";
import { editFile, type FileEdit } from "./edit-file.ts";
import { lockElsewhere } from "./lock-elsewhere.ts";

/** Edits the config file as {@link editFile} does. */
export function editConfig(context: Context, edit: FileEdit): Promise<string | undefined> {
  return editFile(context, configFile(context.env), edit);
}

/** Checks the config file as {@link checkFile} does. */
export function checkConfig(context: Context): Promise<void> {
  return checkFile(context, configFile(context.env));
}

function configFile(env: Environment): AwsFile {
  const path = configPath(env);
  return { path, variable: "AWS_CONFIG_FILE", lock: (context) => lockElsewhere(context, path) };
}
