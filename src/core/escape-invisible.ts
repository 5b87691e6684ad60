/** JSON with the same values, but nothing in them that a terminal would obey. */
export function escapeInvisible(json: string): string {
  const escapeUnit = (unit: string): string =>
    `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return json.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]/gu, (character) =>
    character.replace(/[^]/g, escapeUnit),
  );
}
