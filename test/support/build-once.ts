import { execFileSync } from "node:child_process";

/** The tests drive the built program, so it is built before them. */
export default function setup(): void {
  execFileSync(process.execPath, ["scripts/build.mjs"], { stdio: "inherit" });
}
