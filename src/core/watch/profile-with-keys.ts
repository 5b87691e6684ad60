import type { Profile, ProfileFiles } from "../aws-files/profile.ts";
import { configurationError } from "../errors.ts";
import { unknownProfileError } from "../plan/plain-session.ts";
import { assumesRole } from "../plan/role-chain.ts";
import { printableName } from "../printable.ts";
import { profileOfTarget, usualLongTerm, usualTarget } from "../refresh/section-names.ts";
import { baseKeys } from "../request/mfa-session-request.ts";

/**
 * The profile that sessions are asked for with. Throws 253 where there is none of this name, and where its keys
 * are to be found elsewhere.
 */
export function profileWithKeys(files: ProfileFiles, name: string): Profile {
  const profile = files.find(name);
  if (profile !== undefined && baseKeys(profile) !== undefined) return profile;
  const hasKeys = (other: string | undefined): other is string => {
    const found = other === undefined ? undefined : files.find(other);
    return found !== undefined && baseKeys(found) !== undefined;
  };
  // As `awsmfa refresh`, and aws-mfa, lay them out.
  const longTerm = usualLongTerm(name);
  if (hasKeys(longTerm)) {
    throw elsewhereError(name, longTerm, (own, other) => {
      return `To keep ${own} itself fresh: --profile ${other} --target ${own}`;
    });
  }
  // What is written here has the name that programs use.
  const source = profileOfTarget(name);
  if (hasKeys(source)) throw elsewhereError(name, source, (_own, other) => `--profile ${other}`);
  if (profile === undefined) throw unknownProfileError(name);
  if (assumesRole(profile)) throw roleError(profile);
  return profile;
}

function elsewhereError(
  name: string,
  other: string,
  advice: (own: string, other: string) => string,
): Error {
  const [own, shown] = [printableName(name), printableName(other)];
  return configurationError(
    "NoLongTermKeys",
    `profile ${own} holds no long-term keys: they are in profile ${shown}.`,
    { hint: advice(own, shown) },
  );
}

function roleError(role: Profile): Error {
  const source = role.setting("source_profile");
  const [name, user] = [role.name, source || "dev"].map(printableName);
  return configurationError(
    "NoLongTermKeys",
    `profile ${name} assumes a role, and watch keeps sessions of users fresh.`,
    {
      hint:
        `Watch the one with the keys (--profile ${user}), and let ${name} have\n` +
        `  source_profile = ${printableName(usualTarget(source || "dev"))}`,
    },
  );
}
