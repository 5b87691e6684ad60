import { splitShellWords } from "../aws-files/section-name.ts";
import { configurationError } from "../errors.ts";
import type { Profile, ProfileFiles, ProfileKeys } from "../aws-files/profile.ts";
import { printableName } from "../printable.ts";
import type { BaseKeys } from "../request/mfa-session-request.ts";

/**
 * For which profile a `credential_process` asks awsmfa; its name is undefined where it leaves that to the
 * environment. Undefined for any other command.
 */
export function askedOfUs(command: string): { profile: string | undefined } | undefined {
  const ours = ownWords(command);
  return ours && { profile: profileIn(ours.options) };
}

/** What a `credential_process` that asks awsmfa is made of. Undefined for any other command. */
export function ownWords(command: string): { program: string[]; options: string[] } | undefined {
  const words = splitShellWords(command) ?? [];
  const at = words.indexOf("credential-process");
  if (at < 1 || !isOurName(words[at - 1] ?? "")) return undefined;
  return { program: words.slice(0, at), options: words.slice(at + 1) };
}

/** As for every option, the last one counts. */
function profileIn(options: readonly string[]): string | undefined {
  const at = options.findLastIndex((word) => /^--profile(?:=|$)/.test(word));
  const option = options[at] ?? "";
  return (
    (option === "--profile" ? options[at + 1] : option.slice("--profile=".length)) || undefined
  );
}

/** The same for the keys of a profile. */
export function keysAskedOfUs(
  keys: ProfileKeys | BaseKeys | undefined,
): ReturnType<typeof askedOfUs> {
  return keys?.kind === "process" ? askedOfUs(keys.command) : undefined;
}

function isOurName(word: string): boolean {
  return /(?:^|[\\/])awsmfa(?:\.cjs|\.cmd|\.exe)?$/.test(word);
}

/** The profile whose session another one has, by a `credential_process` of ours; else that one itself. */
export function suppliedBy(files: Pick<ProfileFiles, "find">, name: string): string {
  const seen = new Set<string>();
  for (let current = name; ;) {
    const next = keysAskedOfUs(files.find(current)?.keys)?.profile;
    // One that is asked for itself is refused where it is asked for.
    if (next === undefined || next === current || seen.has(next)) return current;
    seen.add(current);
    current = next;
  }
}

/** Throws 253 where awsmfa would have to ask itself for the keys of a profile, and so on for ever. */
export function refuseOwnProcess(profile: Profile | undefined): void {
  const asked = keysAskedOfUs(profile?.keys);
  if (profile === undefined || asked === undefined) return;
  if ((asked.profile ?? profile.name) === profile.name) throw recursionError(profile.name);
}

/** That the keys of a profile come from a command that asks for just them. */
export function recursionError(name: string): Error {
  return configurationError(
    "CredentialProcessCycle",
    `the credential_process of profile ${printableName(name)} asks awsmfa, and so for the keys of this same profile.`,
    {
      hint:
        "Let it name another profile, the one with the long-term keys: --profile …\n" +
        "  awsmfa credential-process --install … adds a profile that does.",
    },
  );
}
