import type { Profile, ProfileFiles } from "../aws-files/profile.ts";
import { configurationError } from "../errors.ts";
import { noLongTermKeys } from "../plan/plain-session.ts";
import { printableName } from "../printable.ts";
import type { SectionNames } from "./section-names.ts";
import { baseKeys, type BaseKeys } from "../request/mfa-session-request.ts";

/** The profile that holds an IAM user's keys. Throws 253 where there is none of this name. */
export function longTermProfile(files: ProfileFiles, sections: SectionNames): Profile {
  const profile = files.find(sections.longTerm);
  if (profile !== undefined) return profile;
  const [longTerm, shortTerm] = [sections.longTerm, sections.shortTerm].map(printableName);
  const stillThere = files.find(sections.shortTerm)?.keys.kind === "long-term";
  throw configurationError(
    "NoLongTermSection",
    `there is no section [${longTerm}] with the long-term keys.`,
    {
      hint: stillThere
        ? `They stand in [${shortTerm}]: rename that to [${longTerm}], or leave it as it is by\n` +
          "  --long-term-suffix none --short-term-suffix mfa"
        : "awsmfa refresh --setup asks for them. --long-term-suffix names another section.",
    },
  );
}

/** What its sessions are asked for with. Throws 253 where that is nothing. */
export function longTermBase(profile: Profile): BaseKeys {
  const base = baseKeys(profile);
  if (base === undefined) throw noLongTermKeys(`profile ${printableName(profile.name)}`);
  return base;
}
