/** What Node puts in place of bytes that are not UTF-8: where it stands, the bytes are worth a look. */
export const replacementCharacter = "\uFFFD";
