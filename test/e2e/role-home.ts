import { chmodSync } from "node:fs";
import {
  startSandbox,
  type CallRecord,
  type RoleOptions,
  type Sandbox,
} from "../../src/sandbox/sandbox.ts";
import { userHome, usersNamed, type UserHome } from "./user-home.ts";

/**
 * Role profiles by name. By default `role_arn` is that of the sandbox's role of the same name,
 * `source_profile` is `dev` and `region` is `us-east-1`; an empty setting is left out.
 */
export type RoleProfiles = Readonly<Record<string, Readonly<Record<string, string | number>>>>;

/** The home of a user whose config has role profiles beside `dev`. */
export interface RoleHome extends UserHome {
  readonly sandbox: Sandbox;
  /** The user's AssumeRole requests so far: those that bear the session name that awsmfa makes up. */
  roleCalls(): CallRecord[];
}

/** Sections of role profiles for a config file. */
export function roleSections({ roles }: Sandbox, profiles: RoleProfiles): string {
  const arnOf = (role: string): string => roles.find(({ name }) => name === role)?.arn ?? "";
  return Object.entries(profiles)
    .map(([name, settings]) => {
      const usual = { role_arn: arnOf(name), source_profile: "dev", region: "us-east-1" };
      const all = { ...usual, ...settings };
      const lines = Object.entries(all).filter(([, value]) => value !== "");
      return `[profile ${name}]\n${lines.map(([key, value]) => `${key} = ${value}\n`).join("")}`;
    })
    .join("");
}

/** Makes the home of a user of a sandbox that many share. */
export function roleHome(sandbox: Sandbox, name: string, profiles: RoleProfiles): RoleHome {
  const home = userHome(sandbox, name);
  const dev = `[profile dev]\nregion = us-east-1\nmfa_serial = ${home.user.serial}\n`;
  home.write(".aws/config", dev + roleSections(sandbox, profiles));
  const roleCalls: RoleHome["roleCalls"] = () =>
    sandbox.calls.filter(
      ({ operation, parameters }) =>
        operation === "AssumeRole" && parameters["RoleSessionName"] === `phone-of-${name}`,
    );
  return { ...home, sandbox, roleCalls };
}

/** The same for alice in a sandbox of her own, which can be put into trouble. */
export async function startRoleHome(
  profiles: RoleProfiles,
  roles?: readonly RoleOptions[],
): Promise<RoleHome & AsyncDisposable> {
  const users = usersNamed(["alice", "bob"]);
  const sandbox = await startSandbox({ users, ...(roles && { roles }) });
  const home = roleHome(sandbox, "alice", profiles);
  return {
    ...home,
    [Symbol.asyncDispose]: async () => {
      await sandbox.close();
      home[Symbol.dispose]();
    },
  };
}

/** Leaves a session file in the store. */
export function leaveInStore(
  home: UserHome,
  name: string,
  file: Readonly<Record<string, unknown>>,
): void {
  home.write(`.aws/aws-mfa-secure-sessions/${name}`, JSON.stringify(file), 0o600);
  chmodSync(home.store, 0o700);
}
