import { configurationError } from "../errors.ts";

/**
 * A word of a unit file: quoted where it must be, with no specifiers in it (systemd.syntax(7), "Quoting";
 * systemd.unit(5), "Specifiers"). Throws 253, naming `what`, for characters that systemd takes for none.
 */
export function unitWord(text: string, what: string): string {
  if (/[\p{Noncharacter_Code_Point}\p{Cs}]/u.test(text)) throw unfitCharacterError(what);
  const plain = text.replaceAll("%", "%%");
  if (/^[\w.,:/@%+=-]+$/.test(plain)) return plain;
  return `"${plain.replace(/["\\]/g, String.raw`\$&`).replace(invisible, escapeCharacter)}"`;
}

/** An argument of a command: without variables, too (systemd.service(5), "Command lines"). */
export function argumentWord(text: string): string {
  return unitWord(text.replaceAll("$", "$$$$"), "an argument");
}

/** A line must not end early, and whoever prints the file should see what is in it. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function escapeCharacter(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
}

function unfitCharacterError(what: string): Error {
  return configurationError(
    "UnfitCharacter",
    `${what} has a character in it that a unit of systemd cannot hold.`,
    { hint: "Change it, and install the service again." },
  );
}
