import { activeProfile } from "./active-profile.ts";
import { readAwsArgs, type AwsArgs } from "./aws-args.ts";
import { environmentKeys } from "./environment-keys.ts";
import { variable, type Environment } from "./environment.ts";
import { configurationError, type AwsmfaError } from "./errors.ts";
import { isLocalCommand, needsLongTermKeys } from "./local-command.ts";
import { serialFault } from "./mfa-device.ts";
import { printable } from "./printable.ts";
import type { Profile, ProfileFiles } from "./profile.ts";
import { assumesRole, roleChain } from "./role-chain.ts";
import {
  baseKeys,
  mfaProcessOf,
  serialOf,
  sessionRequest,
  type SessionRequest,
} from "./session-request.ts";

/** What this invocation needs, and why. */
export type Plan = PassThrough | MfaSessionPlan | RoleSessionPlan | Refusal;

/** Run the real `aws` as if we were not there. */
export interface PassThrough {
  readonly kind: "pass-through";
  readonly reason: PassThroughReason;
}

/** Run `aws` with an MFA session. */
export interface MfaSessionPlan extends SessionRequest {
  readonly kind: "mfa-session";
  readonly reason: "environment-keys" | "profile" | "dying-exported-session";
}

/** Run `aws` with a role assumed from an MFA session. */
export interface RoleSessionPlan {
  readonly kind: "role-session";
  /** The asked-for role profile first. */
  readonly roles: readonly Profile[];
  /** The MFA session of the root of the chain. */
  readonly source: SessionRequest;
}

/** Nothing can be run until the user mends something. */
export interface Refusal {
  readonly kind: "refusal";
  readonly error: AwsmfaError;
}

export type PassThroughReason =
  | "local-command"
  | "malformed-options"
  | "unsigned"
  | "needs-long-term-keys"
  | "unknown-profile"
  | "temporary-environment-keys"
  | "environment-keys-without-serial"
  | "incomplete-environment-keys"
  | "web-identity-environment"
  | "signs-in-otherwise"
  | "role-without-mfa"
  | "temporary-keys"
  | "nothing-to-do";

export interface PlanInput {
  /** The arguments meant for `aws`. */
  readonly args: readonly string[];
  readonly env: Environment;
  /** Reads both AWS files; called only when the plan depends on them. */
  readonly files: () => ProfileFiles;
  /** The profile whose stored session has this access key id and is near its end. */
  readonly dyingSessionOf: (accessKeyId: string) => string | undefined;
}

/** Decides what an invocation of `aws` needs. Pure: the same input gives the same plan. */
export function planInvocation(input: PlanInput): Plan {
  const aws = readAwsArgs(input.args);
  const reason = reasonWithoutFiles(input.args, aws);
  if (reason !== undefined) return passThrough(reason);

  const files = input.files();
  const active = activeProfile(input.env, aws.profile);
  const profile = files.find(active.name);
  if (profile === undefined && active.namedBy !== "nobody") return passThrough("unknown-profile");
  const fromKeys =
    aws.profile === undefined ? planEnvironmentKeys(input, files, profile) : undefined;
  if (fromKeys !== undefined) return fromKeys;
  if (profile === undefined) return passThrough("nothing-to-do");
  if (aws.profile === undefined && signsInByWebIdentity(input.env, profile)) {
    return passThrough("web-identity-environment");
  }
  return planProfile(profile, files, input.env);
}

function reasonWithoutFiles(args: readonly string[], aws: AwsArgs): PassThroughReason | undefined {
  if (isLocalCommand(args, aws)) return "local-command";
  if (aws.malformed) return "malformed-options";
  if (aws.unsigned) return "unsigned";
  if (needsLongTermKeys(aws)) return "needs-long-term-keys";
  return undefined;
}

function planEnvironmentKeys(
  { env, dyingSessionOf }: PlanInput,
  files: ProfileFiles,
  active: Profile | undefined,
): Plan | undefined {
  const keys = environmentKeys(env);
  if (keys.kind === "none") return undefined;
  if (keys.kind === "incomplete") return passThrough("incomplete-environment-keys");
  if (keys.kind === "temporary") {
    const owner = dyingSessionOf(keys.accessKeyId);
    const profile = owner === undefined ? undefined : files.find(owner);
    const renewal = profile && planProfile(profile, files, env);
    if (renewal === undefined || renewal.kind === "pass-through") {
      return passThrough("temporary-environment-keys");
    }
    return renewal.kind === "mfa-session"
      ? { ...renewal, reason: "dying-exported-session" }
      : renewal;
  }
  const serial = variable(env, "AWS_MFA_SERIAL");
  if (serial === undefined) return passThrough("environment-keys-without-serial");
  const request = sessionRequest({ env, files, base: keys, serial, settings: active });
  return mfaSession(serial, request, "environment-keys");
}

function planProfile(profile: Profile, files: ProfileFiles, env: Environment): Plan {
  if (signsInOtherwise(profile)) return passThrough("signs-in-otherwise");
  if (assumesRole(profile)) return planRole(profile, files, env);
  if (profile.keys.kind === "temporary") return passThrough("temporary-keys");
  const serial = variable(env, "AWS_MFA_SERIAL") ?? serialOf(profile);
  const base = baseKeys(profile);
  if (serial === undefined || base === undefined) return passThrough("nothing-to-do");
  const request = sessionRequest({ env, files, base, serial, profile, settings: profile });
  return mfaSession(serial, request, "profile");
}

function planRole(profile: Profile, files: ProfileFiles, env: Environment): Plan {
  const chain = roleChain(profile, files);
  if (chain.kind === "cycle") return { kind: "refusal", error: cycleError(chain.names) };
  if (chain.kind === "broken") return passThrough("role-without-mfa");
  const { roles, root } = chain;
  const base = baseKeys(root);
  const serial = nearest([...roles, root], serialOf) ?? variable(env, "AWS_MFA_SERIAL");
  if (base === undefined || serial === undefined || signsInOtherwise(root)) {
    return passThrough("role-without-mfa");
  }
  const fault = serialFault(serial);
  if (fault !== undefined) return { kind: "refusal", error: fault };
  const mfaProcess = nearest([...roles, root], mfaProcessOf);
  const parts = { env, files, base, serial, profile: root, settings: root, mfaProcess };
  return { kind: "role-session", roles, source: sessionRequest(parts) };
}

/** What the first profile of a chain that has it says. */
function nearest(
  chain: readonly Profile[],
  read: (profile: Profile) => string | undefined,
): string | undefined {
  return chain.map(read).find((value) => value !== undefined);
}

function mfaSession(
  serial: string,
  request: SessionRequest,
  reason: MfaSessionPlan["reason"],
): Plan {
  const fault = serialFault(serial);
  if (fault !== undefined) return { kind: "refusal", error: fault };
  return { kind: "mfa-session", reason, ...request };
}

/** botocore asks these variables after roles and before keys, where no `--profile` is given. */
function signsInByWebIdentity(env: Environment, profile: Profile): boolean {
  return variable(env, "AWS_WEB_IDENTITY_TOKEN_FILE") !== undefined && !assumesRole(profile);
}

const otherSignIns = [
  "sso_session",
  "sso_start_url",
  "sso_account_id",
  "sso_role_name",
  "sso_region",
  "login_session",
  "web_identity_token_file",
  "credential_source",
];

function signsInOtherwise(profile: Profile): boolean {
  return otherSignIns.some((key) => profile.setting(key) !== undefined);
}

function cycleError(names: readonly string[]): AwsmfaError {
  return configurationError(
    "ProfileCycle",
    `The profiles ${names.map(printable).join(" → ")} name each other as source_profile.`,
    { hint: "One of them must hold the keys: correct its source_profile in ~/.aws/config." },
  );
}

function passThrough(reason: PassThroughReason): PassThrough {
  return { kind: "pass-through", reason };
}
