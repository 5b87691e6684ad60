import { parseNested, type IniDocument, type IniSection } from "./ini.ts";
import { configSection } from "./section-name.ts";

/** Where a profile's credentials come from, were the AWS CLI to look for them (botocore's order). */
export type ProfileKeys =
  | { kind: "long-term"; accessKeyId: string; secretAccessKey: string }
  | { kind: "temporary" }
  | { kind: "process"; command: string }
  /** Half a pair, or a value that can be none: the AWS CLI says what is wrong with it. */
  | { kind: "incomplete" }
  | { kind: "none" };

/** A named profile of the two AWS files, as the AWS CLI sees it. */
export interface Profile {
  readonly name: string;
  /** The value of a setting, the credentials file winning key by key. Nested blocks begin with `\n`. */
  setting(key: string): string | undefined;
  readonly keys: ProfileKeys;
}

/** Both AWS files, read once and looked up by name. */
export interface ProfileFiles {
  names(): string[];
  find(name: string): Profile | undefined;
  /** The services that `[services NAME]` has settings for. */
  serviceNames(servicesName: string): string[];
  /** The nested settings of one service in `[services NAME]`. */
  serviceSettings(servicesName: string, service: string): ReadonlyMap<string, string> | undefined;
}

/** What the first of several profiles that says anything says. */
export function nearest<Said>(
  profiles: readonly Profile[],
  read: (profile: Profile) => Said | undefined,
): Said | undefined {
  for (const profile of profiles) {
    const said = read(profile);
    if (said !== undefined) return said;
  }
  return undefined;
}

type Lookup = (key: string) => string | undefined;

/** Puts the config file and the credentials file together as botocore's `full_config` does. */
export function profileFiles(config: IniDocument, credentials: IniDocument): ProfileFiles {
  const configProfiles = new Map<string, IniSection>();
  const services = new Map<string, IniSection>();
  for (const [header, section] of config.sections) {
    const meaning = configSection(header);
    if (meaning.kind === "profile") configProfiles.set(meaning.name, section);
    if (meaning.kind === "services") services.set(meaning.name, section);
  }
  return {
    names: () => [...new Set([...configProfiles.keys(), ...credentials.sections.keys()])],
    find(name) {
      const inConfig = lookup(config, configProfiles.get(name));
      const inCredentials = lookup(credentials, credentials.sections.get(name));
      if (inConfig === undefined && inCredentials === undefined) return undefined;
      return profileOf(name, inConfig ?? nothing, inCredentials ?? nothing);
    },
    serviceNames: (servicesName) => [...(services.get(servicesName)?.entries.keys() ?? [])],
    serviceSettings(servicesName, service) {
      const block = lookup(config, services.get(servicesName))?.(service);
      return block === undefined ? undefined : parseNested(block);
    },
  };
}

const nothing: Lookup = () => undefined;

function lookup(document: IniDocument, section: IniSection | undefined): Lookup | undefined {
  if (section === undefined) return undefined;
  return (key) => (section.entries.get(key) ?? document.defaults.get(key))?.value;
}

function profileOf(name: string, config: Lookup, credentials: Lookup): Profile {
  const setting: Lookup = (key) => credentials(key) ?? config(key);
  return { name, setting, keys: keysOf(config, credentials, setting) };
}

/** Keys of the credentials file, then `credential_process`, then keys of the config file: never mixed. */
function keysOf(config: Lookup, credentials: Lookup, setting: Lookup): ProfileKeys {
  const own = staticKeys(credentials);
  if (own !== undefined) return own;
  const command = setting("credential_process");
  if (command === undefined) return staticKeys(config) ?? { kind: "none" };
  return isUsable(command) ? { kind: "process", command } : { kind: "incomplete" };
}

function staticKeys(lookup: Lookup): ProfileKeys | undefined {
  const accessKeyId = lookup("aws_access_key_id");
  if (accessKeyId === undefined) return undefined;
  const secretAccessKey = lookup("aws_secret_access_key");
  if (!isUsable(accessKeyId) || !isUsable(secretAccessKey)) return { kind: "incomplete" };
  const token = lookup("aws_security_token") ?? lookup("aws_session_token");
  if (token !== undefined && token !== "") return { kind: "temporary" };
  return { kind: "long-term", accessKeyId, secretAccessKey };
}

/** Neither empty nor a nested block. */
function isUsable(value: string | undefined): value is string {
  return value !== undefined && value !== "" && !value.startsWith("\n");
}
