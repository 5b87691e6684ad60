import { readProfileFiles } from "../aws/files/profiles.ts";
import { findRealAws } from "../aws/real-aws.ts";
import { withoutProfile } from "../core/plan/aws-args.ts";
import { childAssignments, withAssignments } from "../core/child/child-env.ts";
import type { Context } from "../core/context.ts";
import { planInvocation } from "../core/plan/plan-invocation.ts";
import { carryOut } from "../session/carry-out.ts";
import { exportedSession } from "../session/exported-session.ts";
import { runInPlace } from "../system/run-in-place.ts";

/** `awsmfa session …`: runs the real `aws` with these arguments, and with a session where one is due. */
export async function runSession(args: readonly string[], context: Context): Promise<void> {
  const plan = planInvocation({
    args,
    env: context.env,
    files: () => readProfileFiles(context.env),
    exportedSession: (accessKeyId) => exportedSession(context, accessKeyId),
  });
  // Looked for first: nobody should type a code for a command that is not there.
  const aws = findRealAws(context.env, process.argv[1] ?? "");
  const session = await carryOut(context, plan);
  if (plan.kind !== "session" || session === undefined) {
    await runInPlace(aws, args, context.env);
    return;
  }
  const { profile } = plan.request;
  const assignments = childAssignments({
    session,
    profile: profile && { name: profile.name, accountId: profile.setting("aws_account_id") },
  });
  await runInPlace(aws, withoutProfile(args), withAssignments(context.env, assignments));
}
