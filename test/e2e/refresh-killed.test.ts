import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { awsmfa } from "../support/commands.ts";
import { keysSection } from "../support/lab.ts";
import { startRefreshHome, type RefreshHome } from "./refresh-home.ts";

const role = "arn:aws:iam::123456789012:role/admin";
// A role is assumed anew without a code.
const args = ["--profile", "dev", "--assume-role", role, "--force"];

test("killed at 300 moments it leaves the old file or the new one", async () => {
  const homes = await Promise.all([1, 2, 3].map(() => killAgainAndAgain(100)));
  const hadWritten = homes.flat();
  // Some were killed before they wrote, and some thereafter.
  expect(hadWritten.filter(Boolean).length).toBeGreaterThan(3);
  expect(hadWritten.filter((had) => !had).length).toBeGreaterThan(100);
}, 300_000);

/** Kills `refresh --force` again and again; tells of each whether the file was new by then. */
async function killAgainAndAgain(times: number): Promise<boolean[]> {
  await using home = await startRefreshHome((user) => {
    const keys = `${keysSection("dev-long-term", user)}mfa_serial = ${user.serial}\n`;
    return `# ${"x".repeat(20_000)}\n[dev]\n# kept\n\n${keys}`;
  });
  expect(await home.refreshWithCode(args)).toMatchObject({ code: 0 });
  const killed: boolean[] = [];
  while (killed.length < times) {
    const old = home.text();
    const signal = await killOnce(
      home,
      killed.length % 3 === 0 ? "at any time" : "while it writes",
    );
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

/** By what it was ended: none, where it was faster. */
async function killOnce(
  home: RefreshHome,
  when: "at any time" | "while it writes",
): Promise<NodeJS.Signals | null> {
  const before = home.sandbox.calls.length;
  const options = { env: home.env, stdio: "ignore", detached: true } as const;
  const child = spawn(process.execPath, [awsmfa, "refresh", ...args], options);
  const ended = once(child, "exit");
  if (when === "at any time") await sleep(Math.random() * 400);
  else {
    // The answer of AWS is stored and written within a few milliseconds.
    while (home.sandbox.calls.length === before && child.exitCode === null) await sleep(1);
    await sleep(Math.random() * 30);
  }
  child.kill("SIGKILL");
  const [, signal] = (await ended) as [number | null, NodeJS.Signals | null];
  return signal;
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
