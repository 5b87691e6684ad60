import type { ProfileFiles } from "../aws-files/profile.ts";
import { requestedSeconds, sessionSeconds, wholeSeconds } from "../duration.ts";
import type { Environment } from "../environment.ts";
import { roleSeconds } from "../request/role-parameters.ts";
import type { SessionRequest } from "../request/session-request.ts";
import { firstSaid } from "./first-said.ts";
import { longTermProfile } from "./long-term-profile.ts";
import { wantedDevice } from "./refresh-device.ts";
import { roleRequest, wantedRole, wantedSessionName } from "./role-request.ts";
import { anew, profileToWrite, refuseSupplied, userRequest } from "./user-request.ts";
import { sectionNames, type SectionNames, type Suffixes } from "./section-names.ts";

/** What the command line says; whatever it leaves out is for the environment and the files to say. */
export interface RefreshFlags {
  readonly suffixes: Suffixes;
  readonly device: string | undefined;
  readonly duration: string | undefined;
  readonly assumeRole: string | undefined;
  readonly roleSessionName: string | undefined;
  readonly force: boolean;
}

/** What it is decided from. */
export interface RefreshSurroundings {
  readonly env: Environment;
  readonly files: ProfileFiles;
  /** The name of the user at this computer; undefined where it has none. */
  readonly userName: string | undefined;
  readonly now: Date;
}

/** Which section gets which session. */
export interface RefreshPlan {
  readonly sections: SectionNames;
  /** ARN of the role. */
  readonly role: string | undefined;
  /** For how long the session is asked for, in seconds. */
  readonly seconds: number;
  readonly request: SessionRequest;
}

/** Puts flags, variables and files together, in this order of precedence. Throws 253. */
export function planRefresh(
  profile: string,
  flags: RefreshFlags,
  { env, files, userName, now }: RefreshSurroundings,
): RefreshPlan {
  const sections = sectionNames(profile, flags.suffixes);
  const longTerm = longTermProfile(files, sections);
  const target = profileToWrite(files, sections);
  refuseSupplied(target, "--short-term-suffix");
  const role = wantedRole(flags.assumeRole, env, longTerm);
  const said = saidSeconds(flags.duration, env, role === undefined ? sessionSeconds : roleSeconds);
  const seconds = said ?? (role === undefined ? requestedSeconds(env) : roleSeconds.default);
  const device = wantedDevice(flags.device, env, longTerm, target);
  const source = userRequest({ env, files }, { longTerm, target, device, seconds });
  const sessionName = (): string =>
    wantedSessionName(flags.roleSessionName, env, userName ?? device.serial);
  const request =
    role === undefined
      ? { ...source, ...(said !== undefined && { seconds: said }) }
      : roleRequest(target, { arn: role, sessionName: sessionName(), seconds }, source);
  return { sections, role, seconds, request: flags.force ? { ...request, ...anew(now) } : request };
}

/** Zero is no duration, as for aws-mfa. */
function saidSeconds(
  flag: string | undefined,
  env: Environment,
  bounds: { least: number; most: number },
): number | undefined {
  const said = firstSaid({
    "--duration": unlessZero(flag),
    MFA_STS_DURATION: unlessZero(env["MFA_STS_DURATION"]),
  });
  return said && wholeSeconds(said.setting, said.value, bounds);
}

function unlessZero(text: string | undefined): string | undefined {
  return text !== undefined && /^0*$/.test(text.trim()) ? undefined : text;
}
