import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";

/** Settings of a section; an empty one is left out. */
export type Settings = Readonly<Record<string, string | number>>;

/**
 * Role profiles by name. `role` names the sandbox's role where its name is not that of the profile;
 * `source_profile` is `dev` and `region` is `us-east-1` unless they are said.
 */
export type RoleProfiles = Readonly<Record<string, Settings>>;

/** Sections of role profiles for a config file. */
export function roleSections(sandbox: Sandbox, profiles: RoleProfiles): string {
  return Object.entries(profiles)
    .map(([name, { role = name, role_arn = sandbox.role(String(role)).arn, ...settings }]) => {
      const all = { role_arn, source_profile: "dev", region: "us-east-1", ...settings };
      const lines = Object.entries(all).filter(([, value]) => value !== "");
      return `[profile ${name}]\n${lines.map(([key, value]) => `${key} = ${value}\n`).join("")}`;
    })
    .join("");
}

/** Adds role profiles to the config file of a lab or of a user's home. */
export function addRoles(
  { home, sandbox }: { readonly home: string; readonly sandbox: Sandbox },
  profiles: RoleProfiles,
): void {
  appendFileSync(join(home, ".aws/config"), roleSections(sandbox, profiles));
}
