/** What a section of `~/.aws/config` is, told by its name as botocore tells it (`build_profile_map`). */
export type ConfigSection =
  { kind: "profile"; name: string } | { kind: "services"; name: string } | { kind: "other" };

/** Reads a header of the config file: `profile dev`, `profile "my dev"`, `default`, `services x`, … */
export function configSection(header: string): ConfigSection {
  if (header.startsWith("profile")) return named("profile", header);
  if (header.startsWith("services")) return named("services", header);
  if (header === "default") return { kind: "profile", name: "default" };
  return { kind: "other" };
}

/**
 * The header of a profile in the config file, as `aws configure` writes it, so that it finds it again: quoted
 * by Python's `shlex.quote` where white space is in the name. What {@link configSection} could not read
 * otherwise is quoted, too. The name must be one that a section can have (`sectionNameFault`).
 */
export function profileHeader(name: string): string {
  if (name === "default") return name;
  return `profile ${/[ \t'"\\]/.test(name) ? `'${name.replaceAll("'", `'"'"'`)}'` : name}`;
}

function named(kind: "profile" | "services", header: string): ConfigSection {
  const words = splitShellWords(header);
  const name = words?.length === 2 ? words[1] : undefined;
  return name === undefined ? { kind: "other" } : { kind, name };
}

/**
 * Python's `shlex.split` in POSIX mode: white space separates, both quotes group, a backslash escapes
 * (inside double quotes only `"` and itself). Undefined where shlex raises: an unclosed quote or escape.
 */
export function splitShellWords(text: string): string[] | undefined {
  const words: string[] = [];
  let word = "";
  let inWord = false;
  let quote = "";
  for (let index = 0; index < text.length; index++) {
    let char = text.charAt(index);
    if (quote === "" && " \t\r\n".includes(char)) {
      if (inWord) words.push(word);
      [word, inWord] = ["", false];
      continue;
    }
    inWord = true;
    if (quote === "" ? char === "'" || char === '"' : char === quote) {
      quote = quote === "" ? char : "";
      continue;
    }
    if (char === "\\" && quote !== "'") {
      const escaped = text.charAt(++index);
      if (escaped === "") return undefined;
      const literal = quote === '"' && escaped !== '"' && escaped !== "\\";
      char = literal ? char + escaped : escaped;
    }
    word += char;
  }
  if (quote !== "") return undefined;
  return inWord ? [...words, word] : words;
}

/** Why no section of an AWS file can have this name; undefined where one can. */
export function sectionNameFault(name: string): string | undefined {
  if (name === "") return "it is empty";
  if (name === "DEFAULT") return "[DEFAULT] is what all sections inherit";
  if (/\p{Cc}/u.test(name)) return "it holds a control character";
  return /\p{Cs}/u.test(name) ? "it is no text" : undefined;
}
