import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keysSection } from "../support/lab.ts";
import { runAwsmfa } from "../support/run.ts";
import { startRefreshHome, type RefreshHome } from "./refresh-home.ts";

test("killed at 300 moments it leaves the old file or the new one", async () => {
  const homes = await Promise.all([1, 2, 3].map(() => killAgainAndAgain(100)));
  // Otherwise it was never killed where it matters.
  expect(homes.flat().filter((hadWritten) => hadWritten).length).toBeGreaterThan(3);
}, 300_000);

/** Kills `refresh --force` at random moments of its life; tells of each whether the file was new by then. */
async function killAgainAndAgain(times: number): Promise<boolean[]> {
  await using home = await startRefreshHome((user) => {
    const keys = `${keysSection("dev-long-term", user)}mfa_serial = ${user.serial}\n`;
    return `# ${"x".repeat(20_000)}\n[dev]\n# kept\n\n${keys}`;
  });
  // A role is assumed anew without a code.
  const role = "arn:aws:iam::123456789012:role/admin";
  const args = ["--profile", "dev", "--assume-role", role, "--force"];
  expect(await home.refreshWithCode(args)).toMatchObject({ code: 0 });
  const started = performance.now();
  expect(await home.refresh(args)).toMatchObject({ code: 0 });
  const usualMs = performance.now() - started;
  const killed: boolean[] = [];
  while (killed.length < times) {
    const old = home.text();
    // Most of them late: what happens before the answer of STS touches no file.
    const killAfterMs = usualMs * (0.2 + Math.random());
    const { signal } = await runAwsmfa(["refresh", ...args], { env: home.env, killAfterMs });
    const now = home.text();
    if (now !== old) expect(now).toBe(withStored(home, old));
    if (signal === "SIGKILL") killed.push(now !== old);
  }
  expect(await home.refresh(args)).toMatchObject({ code: 0 });
  expect(readdirSync(join(home.home, ".aws")).toSorted()).toEqual([
    ".credentials.lock",
    "aws-mfa-secure-sessions",
    "credentials",
  ]);
  return killed;
}

/** The file with the role's session that is in the store, which is stored before it is written. */
function withStored(home: RefreshHome, text: string): string {
  const store = join(home.home, ".aws/aws-mfa-secure-sessions");
  const name = readdirSync(store).find((file) => file.startsWith("%%role-"))!;
  const stored = JSON.parse(readFileSync(join(store, name), "utf8")) as Record<string, string>;
  const values: Record<string, string> = {
    aws_access_key_id: stored["access_key_id"]!,
    aws_secret_access_key: stored["secret_access_key"]!,
    aws_session_token: stored["session_token"]!,
    aws_security_token: stored["session_token"]!,
    expiration: stored["expiration"]!.replace("T", " ").replace("Z", ""),
  };
  const [head, section, tail] = text.split(/(?<=\[dev\]\n)|(?=\[dev-long-term\])/);
  const changed = section!.replace(/^(\w+) = .*$/gm, (line, key: string) =>
    key in values ? `${key} = ${values[key]}` : line,
  );
  return head! + changed + tail!;
}
