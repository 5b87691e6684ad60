// What the library is, besides its bundle.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Names and texts of files for `dist/`. */
export async function libraryFiles(root) {
  // A declaration as it stands: it holds nothing but types.
  const types = await readFile(join(root, "src/sdk/types.ts"), "utf8");
  const declarations = `${types}
/** Makes a provider of MFA sessions for a client of the AWS SDK for JavaScript v3. */
export declare const fromMfaSession: FromMfaSession;
`;
  return {
    // The very functions that `require` gives: what is under way is known to both.
    "index.mjs": 'export { fromMfaSession } from "./index.cjs";\n',
    "index.d.mts": declarations,
    "index.d.cts": declarations,
    // Of CommonJS that is imported Node reads every word, in search of exports: 20 ms for a bundle.
    "register.cjs": '"use strict";\nrequire("./registration.cjs");\n',
    // It is loaded for what it does.
    "register.d.cts": "export {};\n",
  };
}
