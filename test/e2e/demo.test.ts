import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { awsCommands, awsmfa } from "../support/commands.ts";
import { startLab } from "../support/lab.ts";
import { onTerminal } from "../support/on-terminal.ts";
import { runAwsmfa } from "../support/run.ts";

describe.each(awsCommands)("with the real aws $version", ({ path }) => {
  test("without a terminal the demo supplies the code and lists the buckets twice", async () => {
    await using lab = await startLab();
    const env = { ...lab.env, AWS_MFA_AWS_PATH: path };
    const before = readdirSync(lab.home, { recursive: true });
    const ended = await runAwsmfa(["demo"], { env });
    expect(ended.code).toBe(0);
    expect(ended.stdout.match(/ demo-photos\n/g)).toHaveLength(2);
    expect(ended.stdout.match(/AWS_MFA_TOKEN=\d{6} /g)).toHaveLength(1);
    expect(ended.stderr).toContain("AccessDenied");
    expect(ended.stderr).not.toContain("MFA code");
    expect(readdirSync(lab.home, { recursive: true })).toEqual(before);
    expect(lab.sandbox.calls).toHaveLength(0);
  });

  test("on a terminal it shows an authenticator, and the user types", async () => {
    await using lab = await startLab();
    const terminal = onTerminal(process.execPath, [awsmfa, "demo"], {
      ...lab.env,
      AWS_MFA_AWS_PATH: path,
    });
    await terminal.until("MFA code for phone (profile demo): ");
    const shownCode = (): string =>
      [...terminal.shown.matchAll(/phone\] {2}(\d{3}) (\d{3})/g)].at(-1)?.slice(1).join("") ?? "";
    const wrong = shownCode() === "000000" ? "000001" : "000000";
    terminal.type(`${wrong}\r`);
    await terminal.until("alice's phone");
    await terminal.until("wait for the next code");
    await terminal.until("MFA code for phone (profile demo): ");
    terminal.type(`${shownCode()}\r`);
    await terminal.until("demo-photos");
    await terminal.until("demo-photos");
    expect(await terminal.ended).toEqual({ exitCode: 0, signal: 0 });
    expect(terminal.shown.match(/MFA code/g)).toHaveLength(2);
  });
});

test("^C at the demo's prompt ends it and leaves nothing behind", async () => {
  await using lab = await startLab();
  const env = { ...lab.env, TMPDIR: lab.home };
  const terminal = onTerminal(process.execPath, [awsmfa, "demo"], env);
  await terminal.until("MFA code for phone (profile demo): ");
  terminal.type("\x03");
  expect(await terminal.ended).toMatchObject({ signal: 2 });
  expect(readdirSync(lab.home).filter((name) => name.startsWith("awsmfa-demo-"))).toEqual([]);
});
