import { readAwsArgs, type AwsArgs } from "./aws-args.ts";
import { isLocalCommand, needsLongTermKeys } from "./local-command.ts";
import { planCredentials, type Surroundings } from "./plan-credentials.ts";
import type { PassThroughReason, Plan } from "./plan.ts";
import type { ProfileFiles } from "../aws-files/profile.ts";

export interface Invocation extends Omit<Surroundings, "files"> {
  /** The arguments meant for `aws`. */
  readonly args: readonly string[];
  /** Reads both AWS files; called only when the plan depends on them. */
  readonly files: () => ProfileFiles;
}

/** Decides what an invocation of `aws` needs. Pure: the same input gives the same plan. */
export function planInvocation({ args, files, ...surroundings }: Invocation): Plan {
  const aws = readAwsArgs(args);
  const reason = reasonWithoutFiles(args, aws);
  if (reason !== undefined) return { kind: "pass-through", reason };
  return planCredentials({ ...surroundings, files: files() }, aws.profile);
}

function reasonWithoutFiles(args: readonly string[], aws: AwsArgs): PassThroughReason | undefined {
  if (isLocalCommand(args, aws)) return "local-command";
  if (aws.malformed) return "malformed-options";
  if (aws.unsigned) return "unsigned";
  if (needsLongTermKeys(aws)) return "needs-long-term-keys";
  return undefined;
}
