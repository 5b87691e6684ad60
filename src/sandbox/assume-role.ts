import { accessDenied, validationError } from "./aws-error.ts";
import { assumedRoleUser, identityOf, mfaTimeOf } from "./caller.ts";
import { proveMfa } from "./mfa-proof.ts";
import type { Call } from "./operation.ts";
import { checkBounds } from "./parameter-bounds.ts";
import { credentialsXml, expiry } from "./session-token.ts";
import { isTrusted } from "./trust.ts";
import type { SandboxRole } from "./world.ts";
import type { Xml } from "./xml.ts";

const HOUR = 3600;

/** STS AssumeRole, from long-term keys, from an MFA session or from another role. */
export function assumeRole(call: Call): Xml {
  checkParameters(call);
  const { parameters, state } = call;
  const { RoleSessionName: sessionName = "", SourceIdentity } = parameters;
  const role = trustingRole(call);
  const duration = Number(parameters["DurationSeconds"] ?? HOUR);
  if (duration > role.maxSessionDuration) {
    throw validationError(
      "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
  }
  const bearer = { kind: "role-session", role, sessionName } as const;
  const issued = state.credentials.issue(bearer, expiry(state, duration));
  const { arn, roleId } = assumedRoleUser(role, sessionName);
  return {
    Credentials: credentialsXml(issued),
    AssumedRoleUser: { AssumedRoleId: roleId, Arn: arn },
    PackedPolicySize: "Tags.member.1.Key" in parameters ? 6 : undefined,
    SourceIdentity,
  };
}

function checkParameters({ caller, parameters }: Call): void {
  const name = { min: 2, max: 64, pattern: "[\\w+=,.@-]*" };
  checkBounds(parameters, {
    RoleArn: { required: true, min: 20, max: 2048 },
    RoleSessionName: { required: true, ...name },
    DurationSeconds: { number: true, min: 900, max: 43_200 },
    ExternalId: { min: 2, max: 1224, pattern: "[\\w+=,.@:\\/-]*" },
    SourceIdentity: name,
  });
  if (!/^arn:[\w-]+:iam::\d{12}:role\/./.test(parameters["RoleArn"] ?? "")) {
    throw validationError(`${parameters["RoleArn"]} is invalid`);
  }
  // The sessions of GetSessionToken count as chained too: https://github.com/trek10inc/awsume/issues/73
  if (caller.kind !== "long-term" && Number(parameters["DurationSeconds"] ?? 0) > HOUR) {
    throw validationError(
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
    );
  }
}

function trustingRole(call: Call): SandboxRole {
  const { caller, parameters, state } = call;
  const { RoleArn, ExternalId: externalId } = parameters;
  const mfaAt = proveMfa(call) ?? mfaTimeOf(caller);
  const mfaAge = mfaAt === undefined ? undefined : state.now().getTime() - mfaAt;
  const role = state.world.roles.find(({ arn }) => arn === RoleArn);
  if (role && isTrusted(role, { caller, mfaAge, externalId })) return role;
  throw accessDenied(
    `User: ${identityOf(caller).Arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
  );
}
