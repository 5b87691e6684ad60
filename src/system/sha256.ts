/** SHA-256 in hex. `node:crypto` takes 2 ms to load, and a warm call needs it hardly ever. */
export function sha256(text: string): string {
  const { createHash } = process.getBuiltinModule("node:crypto");
  return createHash("sha256").update(text).digest("hex");
}
