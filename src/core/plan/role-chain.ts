import type { Profile, ProfileFiles } from "../aws-files/profile.ts";

/** The way from a role profile to the keys it stands on, as botocore's AssumeRoleProvider walks it. */
export type RoleChain =
  | {
      kind: "chain";
      /** The asked-for profile first, the role next to the root last. */
      roles: readonly [Profile, ...Profile[]];
      /** The profile whose own credentials are used. */
      root: Profile;
    }
  /** The names of the circle, the repeated one last. */
  | { kind: "cycle"; names: readonly string[] }
  /** This profile's link is missing. */
  | { kind: "broken"; at: string };

/** Follows `source_profile` from a role profile to its root. */
export function roleChain(profile: Profile, files: ProfileFiles): RoleChain {
  const roles: [Profile, ...Profile[]] = [profile];
  for (let current = profile; ;) {
    const sourceName = current.setting("source_profile");
    const source = sourceName === undefined ? undefined : files.find(sourceName);
    if (source === undefined || current.setting("credential_source") !== undefined) {
      return { kind: "broken", at: current.name };
    }
    const sourcesItself = source.name === current.name && hasStaticKeys(source);
    const start = roles.findIndex((role) => role.name === source.name);
    if (start >= 0 && !sourcesItself) {
      return { kind: "cycle", names: [...roles.slice(start), source].map((role) => role.name) };
    }
    if (hasStaticKeys(source) || !assumesRole(source))
      return { kind: "chain", roles, root: source };
    roles.push(source);
    current = source;
  }
}

/** Whether the AWS CLI would take the profile for a role to assume. */
export function assumesRole(profile: Profile): boolean {
  return (
    profile.setting("role_arn") !== undefined &&
    profile.setting("web_identity_token_file") === undefined
  );
}

function hasStaticKeys(profile: Profile): boolean {
  return (
    profile.setting("aws_access_key_id") !== undefined ||
    profile.setting("aws_secret_access_key") !== undefined
  );
}
