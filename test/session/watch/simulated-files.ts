import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatTime } from "../../../src/core/time.ts";

/** The keys of profile dev and its device, as they stand in the credentials file at the start. */
export const keys =
  "[dev]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = s\n" +
  "mfa_serial = arn:aws:iam::123456789012:mfa/phone\n";

/** A home with the keys of profile dev. */
export function temporaryHome(text = keys): string {
  const home = mkdtempSync(join(tmpdir(), "awsmfa-test-"));
  mkdirSync(join(home, ".aws"));
  writeFileSync(join(home, ".aws/credentials"), text);
  return home;
}

/** Puts another file in the place of one: a clock's tick may be longer than what happens in these tests takes. */
export function edit(path: string, change: (text: string) => string): void {
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  writeFileSync(`${path}.new`, change(text));
  renameSync(`${path}.new`, path);
}

/** The text with a session in this section, whatever that held but its region. */
export function withSection(text: string, target: string, keyId: string, end: Date): string {
  const [before = "", own = "", after = ""] = text.split(RegExp(`^(\\[${target}\\]\\n[^[]*)`, "m"));
  const region = /^region.*\n/m.exec(own)?.[0] ?? "";
  const expiration = formatTime(end).replace("T", " ").replace("Z", "");
  const pair = `aws_access_key_id = ${keyId}\naws_secret_access_key = s\n`;
  const session = `${pair}aws_session_token = t\nexpiration = ${expiration}\n`;
  return `${before}[${target}]\n${session}${region}${after}`;
}
