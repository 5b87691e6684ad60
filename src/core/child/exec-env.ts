import { credentialAssignments, credentialVariables, type Assignment } from "./child-env.ts";
import { firstVariable, variable, type Environment } from "../environment.ts";
import type { Profile, ProfileFiles } from "../aws-files/profile.ts";
import type { Session } from "../session/session.ts";
import { ignoresEndpoints } from "../service/service-target.ts";

export interface ExecSurroundings {
  readonly env: Environment;
  readonly files: ProfileFiles;
  /** The profile whose region and endpoints apply. */
  readonly settings: Profile | undefined;
}

/**
 * Every variable that `exec` sets or unsets for a command with a session. No profile is named to it: the
 * JavaScript SDK ignores key variables when one is. What of the profile matters to SDKs comes along.
 */
export function execAssignments(session: Session, surroundings: ExecSurroundings): Assignment[] {
  return [...credentialAssignments(session), ...settingAssignments(surroundings)];
}

/** The same for a command that finds its session in the environment already. */
export function settingAssignments(surroundings: ExecSurroundings): Assignment[] {
  return [
    ["AWS_PROFILE", undefined],
    ["AWS_DEFAULT_PROFILE", undefined],
    ...regions(surroundings),
    ...endpoints(surroundings),
    ...certificates(surroundings),
  ];
}

/** What an explicit profile means to a command that gets no session of ours: that profile, and no keys. */
export function profileAssignments(name: string): Assignment[] {
  const shadows = ["AWS_DEFAULT_PROFILE", ...credentialVariables];
  return [["AWS_PROFILE", name], ...shadows.map((shadow): Assignment => [shadow, undefined])];
}

/** SDKs differ in which of the two they read. */
export const regionVariables: readonly string[] = ["AWS_REGION", "AWS_DEFAULT_REGION"];

function regions({ env, settings }: ExecSurroundings): Assignment[] {
  const region = firstVariable(env, ...regionVariables) ?? settings?.setting("region");
  if (!region) return [];
  return regionVariables
    .filter((name) => variable(env, name) === undefined)
    .map((name): Assignment => [name, region]);
}

/** `endpoint_url` of the profile and of its services, unless the environment has its own. */
function endpoints({ env, files, settings }: ExecSurroundings): Assignment[] {
  if (settings === undefined || ignoresEndpoints(env, settings)) return [];
  if (variable(env, "AWS_ENDPOINT_URL") !== undefined) return [];
  const services = settings.setting("services") ?? "";
  const ofServices = files.serviceNames(services).map((service): [string, string | undefined] => {
    const url = files.serviceSettings(services, service)?.get("endpoint_url");
    return [`AWS_ENDPOINT_URL_${service.toUpperCase()}`, url];
  });
  const all: Assignment[] = [["AWS_ENDPOINT_URL", settings.setting("endpoint_url")], ...ofServices];
  return all.filter(([name, url]) => url && variable(env, name) === undefined);
}

function certificates({ env, settings }: ExecSurroundings): Assignment[] {
  const bundle = settings?.setting("ca_bundle");
  if (!bundle || variable(env, "AWS_CA_BUNDLE") !== undefined) return [];
  return [["AWS_CA_BUNDLE", bundle]];
}
