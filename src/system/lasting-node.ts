import { statSync } from "node:fs";
import { isSameFile } from "./same-file.ts";

/**
 * The same Node by a path that outlives its next update: Homebrew keeps each version in a folder of its own
 * and removes the old one, but `opt/node` leads to the present one.
 */
export function lastingNode(path: string): string {
  const lasting = path.replace(/\/Cellar\/([^/]+)\/[^/]+\/bin\/node$/, "/opt/$1/bin/node");
  const [one, other] = [path, lasting].map((each) => statSync(each, { throwIfNoEntry: false }));
  return other !== undefined && isSameFile(one, other) ? lasting : path;
}
