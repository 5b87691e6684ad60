/**
 * FNV-1a of the text's UTF-16 units, 32 bits in hex (http://www.isthe.com/chongo/tech/comp/fnv/): tells
 * texts apart where nobody wants to deceive, and loads nothing.
 */
export function fnv1a(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
