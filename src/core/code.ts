/** A code as STS wants it: six digits, kept as text for its leading zeros. */
export type MfaCode = string & { readonly __brand: "MfaCode" };

/** Takes what a person or a program gave (`123 456`); undefined unless it is six digits. */
export function parseCode(text: string): MfaCode | undefined {
  const digits = text.replace(/\s/g, "");
  return /^[0-9]{6}$/.test(digits) ? (digits as MfaCode) : undefined;
}
