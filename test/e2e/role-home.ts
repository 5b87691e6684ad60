import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import {
  startSandbox,
  type CallRecord,
  type RoleOptions,
  type Sandbox,
} from "../../src/sandbox/sandbox.ts";
import { shellOnTerminal, type OnTerminal } from "../support/on-terminal.ts";
import { timeFromNow, userHome, usersNamed, type UserHome } from "./user-home.ts";

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

/** The user's AssumeRole requests and how AWS answered: `admin 200`. */
export function rolesAsked({ roleCalls }: RoleHome): string[] {
  return roleCalls().map(
    ({ parameters, status }) => `${parameters["RoleArn"]?.replace(/^.*\//, "")} ${status}`,
  );
}

/** Name of the file of a profile's session, of whichever kind. */
export function storedName(home: UserHome, profile: string): string {
  return home.stored().find((name) => name.startsWith(`%%role-${profile}-`)) ?? profile;
}

/** What is stored for a profile. */
export function storedFor(home: UserHome, profile: string): Record<string, string> {
  const text = readFileSync(join(home.store, storedName(home, profile)), "utf8");
  return JSON.parse(text) as Record<string, string>;
}

/** Replaces values of what is stored for a profile. */
export function changeStored(
  home: UserHome,
  profile: string,
  changes: Readonly<Record<string, unknown>>,
): void {
  leaveInStore(home, storedName(home, profile), { ...storedFor(home, profile), ...changes });
}

/** What a file says of a session of an hour that has 800 seconds left. */
export function nearEnd(): Record<"issued" | "expiration", string> {
  return { issued: timeFromNow(-2800), expiration: timeFromNow(800) };
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
