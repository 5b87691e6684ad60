import { expect, test } from "vitest";
import { awsmfa } from "../support/commands.ts";
import { startLab } from "../support/lab.ts";
import { onTerminal } from "../support/on-terminal.ts";
import { runAwsmfa } from "../support/run.ts";

test("the first call asks on the terminal, the second is silent", async () => {
  await using lab = await startLab();
  const first = onTerminal(process.execPath, [awsmfa, "session", "s3", "ls"], lab.env);
  await first.until("MFA code for phone (profile dev): ");
  first.type(`${lab.sandbox.freshCode("alice")}\r`);
  expect(await first.ended).toEqual({ exitCode: 0, signal: 0 });
  expect(first.shown).toContain([...lab.sandbox.buckets.keys()][0]);
  const second = await runAwsmfa(["session", "s3", "ls"], { env: lab.env });
  expect(second).toMatchObject({ code: 0, stderr: "" });
  expect(second.stdout).toContain([...lab.sandbox.buckets.keys()][0]);
});
