/** Python's `str.strip()`. */
export function strip(text: string): string {
  const end = endOfText(text);
  let start = 0;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  return text.slice(start, end);
}

/** Python's `str.rstrip()`. */
export function stripEnd(text: string): string {
  return text.slice(0, endOfText(text));
}

/** Python's `str.splitlines()`, which knows more line ends than a text file has. */
export function splitLines(text: string): string[] {
  return text.split(/\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/);
}

function endOfText(text: string): number {
  let end = text.length;
  while (end > 0 && isSpace(text.charCodeAt(end - 1))) end--;
  return end;
}

/**
 * Python's `str.isspace()`: unlike JavaScript's `\s` it takes the separators U+001C–U+001F and U+0085,
 * and leaves a byte order mark alone.
 */
function isSpace(code: number): boolean {
  if (code > 0x20) return code >= 0x85 && wideSpaces.has(code);
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code >= 0x1c;
}

const wideSpaces = new Set(
  Array.from(
    "\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000",
    (space) => space.charCodeAt(0),
  ),
);
