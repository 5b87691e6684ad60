import { devNull } from "node:os";
import { readAwsFiles } from "../../aws/files/profiles.ts";
import type { Assignment } from "../../core/child/child-env.ts";
import { regionVariables, settingAssignments } from "../../core/child/exec-env.ts";
import type { Context } from "../../core/context.ts";
import { variable } from "../../core/environment.ts";
import {
  endpointAssignments,
  type EndpointAccess,
} from "../../core/endpoint/endpoint-assignments.ts";
import { shadowingFiles } from "../../core/endpoint/shadowing-files.ts";
import type { Supply } from "../../session/supply-session.ts";

/** What a program needs in its environment to get its session from an endpoint, whatever the AWS files hold. */
export function accessAssignments(
  { env, report }: Context,
  supply: Supply,
  access: EndpointAccess,
): Assignment[] {
  const hidden = shadowingFiles(readAwsFiles(env));
  if (hidden.includes("AWS_CONFIG_FILE")) {
    report.say(
      "[default] of the config file signs in by itself, and would be preferred: programs are told of no config file.",
    );
  }
  return [
    ...endpointAssignments(access),
    ...settingAssignments(supply),
    ...hidden.map((name): Assignment => [name, devNull]),
  ];
}

/** The same for a program in another environment, which does not have the region that this one names. */
export function accessElsewhere(
  context: Context,
  supply: Supply,
  access: EndpointAccess,
): Assignment[] {
  const regions = regionVariables
    .map((name): Assignment => [name, variable(context.env, name)])
    .filter(([, region]) => region !== undefined);
  return [...accessAssignments(context, supply, access), ...regions];
}
