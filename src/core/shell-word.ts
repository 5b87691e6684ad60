/** A word as it is typed into a POSIX shell: quoted only where it must be. */
export function shellWord(text: string): string {
  return /^[\w.,:/@%+-]+$/.test(text) ? text : quotedWord(text);
}

/**
 * The same, quoted in any case. No quote ever stands directly before another inside quotes, which zsh's
 * `rc_quotes` would take for one.
 */
export function quotedWord(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
