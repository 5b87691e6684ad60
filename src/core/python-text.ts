/**
 * What Python's `str.strip` removes: unlike JavaScript's `trim` it takes the separators
 * U+001C–U+001F and U+0085, and leaves a byte order mark alone.
 */
const space =
  "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

const leading = new RegExp(`^[${space}]+`);
const trailing = new RegExp(`[${space}]+$`);

/** Python's `str.lstrip()`. */
export function stripStart(text: string): string {
  return isPlain(text.charCodeAt(0)) ? text : text.replace(leading, "");
}

/** Python's `str.rstrip()`. */
export function stripEnd(text: string): string {
  return isPlain(text.charCodeAt(text.length - 1)) ? text : text.replace(trailing, "");
}

/** Python's `str.strip()`. */
export function strip(text: string): string {
  return stripEnd(stripStart(text));
}

/** Python's `str.splitlines()`, which knows more line ends than a text file has. */
export function splitLines(text: string): string[] {
  return text.split(/\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/);
}

/** ASCII that is surely no white space: the fast way out for nearly every line. */
function isPlain(code: number): boolean {
  return code > 0x20 && code < 0x7f;
}
