/**
 * Text from files, variables or the network made safe for a terminal: control characters (which could
 * move the cursor or recolour a prompt) become `?`.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu, "?");
}

/** A name for a sentence: printable, and visible even where it is empty. */
export function printableName(name: string): string {
  return name === "" ? '""' : printable(name);
}

/** The last four characters of an access key id: enough to recognise it. */
export function lastFour(accessKeyId: string): string {
  return `…${printable(accessKeyId.slice(-4))}`;
}
