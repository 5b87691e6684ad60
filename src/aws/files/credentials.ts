import type { Context } from "../../core/context.ts";
import type { Environment } from "../../core/environment.ts";
import { credentialsPath } from "../../system/paths.ts";
import type { AwsFile } from "./aws-file.ts";
import { checkFile } from "./check-file.ts";
import { editFile, type FileEdit } from "./edit-file.ts";
import { lockBeside } from "./lock-beside.ts";

/** Edits the credentials file as {@link editFile} does. */
export function editCredentials(context: Context, edit: FileEdit): Promise<string | undefined> {
  return editFile(context, credentialsFile(context.env), edit);
}

/** Checks the credentials file as {@link checkFile} does. */
export function checkCredentials(context: Context): Promise<void> {
  return checkFile(context, credentialsFile(context.env));
}

function credentialsFile(env: Environment): AwsFile {
  const file = {
    path: credentialsPath(env),
    variable: "AWS_SHARED_CREDENTIALS_FILE",
  } as const;
  return { ...file, lock: (context) => lockBeside(context, file) };
}
