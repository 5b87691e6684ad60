import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Sandbox } from "../../sandbox/sandbox.ts";

export interface ThrowAwayHome {
  readonly path: string;
  /** For an AWS CLI that knows no `AWS_ENDPOINT_URL`: its own alias file sends `s3` to this address. */
  sendS3To(url: string): void;
  remove(): void;
}

/** A home with a profile `demo` that holds alice's keys and the serial of her device. */
export function createThrowAwayHome(sandbox: Sandbox): ThrowAwayHome {
  const path = mkdtempSync(join(tmpdir(), "awsmfa-demo-"));
  const { accessKeyId, secretAccessKey, serial } = sandbox.user("alice");
  const write = (name: string, lines: readonly string[]): void => {
    const file = join(path, ".aws", name);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${lines.join("\n")}\n`, { mode: 0o600 });
  };
  write("config", ["[profile demo]", "region = us-east-1", `mfa_serial = ${serial}`]);
  write("credentials", [
    "[demo]",
    `aws_access_key_id = ${accessKeyId}`,
    `aws_secret_access_key = ${secretAccessKey}`,
  ]);
  return {
    path,
    sendS3To: (url) => write("cli/alias", ["[toplevel]", `s3 = s3 --endpoint-url ${url}`]),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
