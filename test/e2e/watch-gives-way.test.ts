import { expect, test } from "vitest";
import { awsmfa } from "../support/commands.ts";
import { onTerminal } from "../support/on-terminal.ts";
import { runAwsmfa } from "../support/run.ts";
import { processesOf } from "./processes-of.ts";
import { startWatchHome, type WatchHome } from "./watch-home.ts";
import type { Watcher } from "./watcher.ts";

/** A watcher whose prompt nobody answers. */
async function asking(home: WatchHome): Promise<Watcher> {
  home.answer = () => "hang";
  const watcher = home.watch(["--profile", "dev"]);
  await expect.poll(() => home.prompts().length, { timeout: 20_000 }).toBe(1);
  return watcher;
}

/** A command that takes a session. */
const command = ["exec", "--profile", "dev", "--", "printenv", "AWS_ACCESS_KEY_ID"];

test.concurrent(
  "a watcher's prompt gives way to a command on a terminal, and its answer serves both",
  async () => {
    await using home = await startWatchHome();
    const watcher = await asking(home);
    const { AWS_MFA_PROMPT: _askpass, ...env } = home.env;
    const terminal = onTerminal(process.execPath, [awsmfa, ...command], env);
    await terminal.until("MFA code for phone (profile dev): ");
    await watcher.until("another awsmfa asks for the code");
    terminal.type(`${home.sandbox.freshCode("alice")}\r`);
    await terminal.until("ASIA");
    await watcher.until("profile dev-mfa is renewed", 40);
    expect(home.prompts()).toHaveLength(1);
    expect(home.asked()).toHaveLength(1);
  },
);

test.concurrent("and to one that has a code", async () => {
  await using home = await startWatchHome();
  const watcher = await asking(home);
  const more = { AWS_MFA_TOKEN: home.sandbox.freshCode("alice"), AWS_MFA_PROMPT: "none" };
  const ended = await runAwsmfa(command, { env: { ...home.env, ...more } });
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  await watcher.until("profile dev-mfa is renewed", 40);
  expect(home.prompts()).toHaveLength(1);
});

test.concurrent("but not to one that could not ask either, nor to another watcher", async () => {
  await using home = await startWatchHome();
  const watcher = await asking(home);
  const poor = { ...home.env, AWS_MFA_PROMPT: "none", AWS_MFA_LOCK_TIMEOUT: "1" };
  const ended = await runAwsmfa(command, { env: poor });
  expect(ended).toMatchObject({ code: 253 });
  expect(ended.stderr).toContain("still asks for a code of phone");
  const more = { AWS_MFA_LOCK_TIMEOUT: "1" };
  const other = home.watch(["--profile", "dev", "--target", "work", "--once"], more);
  expect(await other.ended).toBe(253);
  expect(other.stderr).toContain("still asks for a code of phone");
  expect(home.prompts()).toHaveLength(1);
  watcher.signal("SIGTERM");
  expect(await watcher.ended).toBe("SIGTERM");
  expect(processesOf(home.home)).toEqual([]);
});

test.concurrent("a prompt on a terminal gives way, too", async () => {
  await using home = await startWatchHome();
  const { AWS_MFA_PROMPT: _askpass, ...env } = home.env;
  const terminal = onTerminal(process.execPath, [awsmfa, "watch", "--profile", "dev"], env);
  await terminal.until("renewing for 43200 seconds): ");
  const more = { AWS_MFA_TOKEN: home.sandbox.freshCode("alice"), AWS_MFA_PROMPT: "none" };
  const ended = await runAwsmfa(command, { env: { ...env, ...more } });
  expect(ended).toMatchObject({ code: 0 });
  await terminal.until("dev-mfa: no session, trying again at ");
  await terminal.until("h 59 min left, renewal at ");
  expect(terminal.shown.match(/renewing for 43200 seconds\): /g)).toHaveLength(1);
  terminal.type("\u0003");
  await terminal.ended;
});
