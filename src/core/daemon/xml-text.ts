import { configurationError } from "../errors.ts";

/** Text of XML 1.0, on one line. Throws 253, naming `what`, for characters it cannot hold (its section 2.2). */
export function xmlText(text: string, what: string): string {
  if (impossible.test(text)) {
    throw configurationError(
      "UnfitCharacter",
      `${what} has a character in it that a plist cannot hold: a control character.`,
      { hint: "Change it, and install the service again." },
    );
  }
  return text.replace(special, (character) => `&#x${character.codePointAt(0)?.toString(16)};`);
}

const impossible = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** What means something in XML, and what nobody would see: a reader may take one line end for another. */
const special = /[&<>"'\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
