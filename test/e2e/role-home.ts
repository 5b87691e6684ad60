import { expect } from "vitest";
import {
  startSandbox,
  type CallRecord,
  type RoleOptions,
  type Sandbox,
} from "../../src/sandbox/sandbox.ts";
import { shellOnTerminal, type OnTerminal } from "../support/on-terminal.ts";
import { devSection, keysSection } from "../support/lab.ts";
import { addRoles, roleSections, type RoleProfiles } from "../support/role-profiles.ts";
import { changeStored, storedFor } from "../support/stored.ts";
import { timeFromNow } from "../support/times.ts";
import { userHome, usersNamed, type UserHome } from "./user-home.ts";

/** The home of a user whose config has role profiles beside `dev`. */
export interface RoleHome extends UserHome {
  readonly sandbox: Sandbox;
  /** The user's AssumeRole requests so far: those that bear the session name that awsmfa makes up. */
  roleCalls(): CallRecord[];
}

/** Makes the home of a user of a sandbox that many share. */
export function roleHome(sandbox: Sandbox, name: string, profiles: RoleProfiles): RoleHome {
  const home = userHome(sandbox, name);
  addRoles({ ...home, sandbox }, profiles);
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

/** The same with a profile `twin`, which has the keys and the device of `dev`. */
export async function startTwinHome(
  profiles: RoleProfiles,
  roles: readonly RoleOptions[],
): Promise<RoleHome & AsyncDisposable> {
  const home = await startRoleHome(profiles, roles);
  const { user, sandbox } = home;
  const twins = devSection(user.serial) + devSection(user.serial, "twin");
  home.write(".aws/config", twins + roleSections(sandbox, profiles));
  home.write(".aws/credentials", keysSection("dev", user) + keysSection("twin", user));
  return home;
}

/** The user's AssumeRole requests and how AWS answered: `admin 200`. */
export function rolesAsked({ roleCalls }: RoleHome): string[] {
  return roleCalls().map(
    ({ parameters, status }) => `${parameters["RoleArn"]?.replace(/^.*\//, "")} ${status}`,
  );
}

/** Lets AWS forget the session that is stored for a profile. */
export function revokeStored(home: RoleHome, profile: string): void {
  home.sandbox.revoke(storedFor(home, profile)["access_key_id"] ?? "");
}

/** Gets a profile's session, and what it hangs on, into the store. */
export async function signInAs(home: RoleHome, profile: string): Promise<void> {
  expect(await home.sessionWithCode({ AWS_PROFILE: profile })).toMatchObject({ code: 0 });
}

/** A session of the profile `dev` that AWS, too, takes for so many seconds old. */
export async function signInBefore(home: RoleHome, seconds: number): Promise<void> {
  home.sandbox.trouble.clockOffsetMs = -seconds * 1000;
  await signInAs(home, "dev");
  home.sandbox.trouble.clockOffsetMs = 0;
  changeStored(home, "dev", { issued: timeFromNow(-seconds) });
}

/** What a terminal asks a user of a sandbox that many share. */
export function prompt({ user }: UserHome, profile = "dev"): string {
  return `MFA code for phone-of-${user.name} (profile ${profile}): `;
}

/** `awsmfa session s3 ls` for a profile on a terminal, which shows its exit status at the end. */
export function sessionOnTerminal({ env }: UserHome, profile: string): OnTerminal {
  const more = { ...env, AWS_PROFILE: profile };
  return shellOnTerminal('awsmfa session s3 ls; echo "status $?"', more);
}

/** Types a code that AWS accepts, and waits for the end. */
export async function answerPrompt(
  { sandbox, user }: RoleHome,
  terminal: OnTerminal,
): Promise<void> {
  terminal.type(`${sandbox.freshCode(user.name)}\r`);
  expect(await terminal.ended).toMatchObject({ exitCode: 0 });
}
