import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { shellOnTerminal, type OnTerminal } from "../support/on-terminal.ts";
import { lasting, leaveInStore, storedFor } from "../support/stored.ts";
import { startProcessHome, type ProcessHome } from "./process-home.ts";
import { sessionFile } from "./user-home.ts";

const prompt = "MFA code for phone (profile dev): ";

/** As an SDK runs it: nothing of its own leads to the terminal. The trap lets the script see ^C's status. */
const captured =
  "trap : INT; printf 'piped\\n' | awsmfa credential-process --profile dev " +
  '>"$HOME/out" 2>"$HOME/err"; echo "status ${PIPESTATUS[1]}"';

function start(home: ProcessHome, more: Readonly<Record<string, string>> = {}): OnTerminal {
  return shellOnTerminal(captured, { ...home.atTerminal, ...more });
}

const printed = (home: ProcessHome, name: "out" | "err"): string =>
  readFileSync(join(home.home, name), "utf8");

function keyGiven(home: ProcessHome): unknown {
  return (JSON.parse(printed(home, "out")) as Record<string, unknown>)["AccessKeyId"];
}

describe.concurrent("with stdin, stdout and stderr elsewhere", () => {
  test("it asks on the terminal, which shows the prompt and no more", async () => {
    await using home = await startProcessHome();
    const terminal = start(home);
    await terminal.until(prompt);
    const code = home.sandbox.freshCode("alice");
    terminal.type(`${code}\r`);
    await terminal.until("status 0");
    expect(terminal.shown).toBe(`${prompt}${code}\r\nstatus 0\r\n`);
    expect(keyGiven(home)).toBe(storedFor(home, "dev")["access_key_id"]);
    expect(printed(home, "err")).toBe("");
  });

  test("^C: 130, and nothing is printed or stored", async () => {
    await using home = await startProcessHome();
    const terminal = start(home);
    await terminal.until(prompt);
    terminal.type("\x03");
    await terminal.until("status 130");
    expect(terminal.shown).toBe(`${prompt}^C\r\nstatus 130\r\n`);
    expect([printed(home, "out"), printed(home, "err")]).toEqual(["", ""]);
    expect(home.asked()).toEqual([]);
  });

  test("^D: 253, said in both places", async () => {
    await using home = await startProcessHome();
    const terminal = start(home);
    await terminal.until(prompt);
    terminal.type("\x04");
    await terminal.until("awsmfa: no MFA code for phone (profile dev) was given.");
    await terminal.until("status 253");
    expect(printed(home, "out")).toBe("");
    expect(printed(home, "err")).toMatch(
      /^awsmfa: no MFA code for phone \(profile dev\) was given\.\n/,
    );
  });

  test("what is typed in vain is explained there, and what came of it once", async () => {
    await using home = await startProcessHome();
    const terminal = start(home);
    for (const typed of ["12", "000001", "000002", "000003"]) {
      await terminal.until(prompt);
      terminal.type(`${typed}\r`);
    }
    await terminal.until("status 254");
    const said = terminal.shown.split("\r\n").filter((line) => line.startsWith("awsmfa: "));
    const wrong = "awsmfa: that code is wrong or already used: wait for the next code.";
    expect(said).toEqual([
      "awsmfa: a code is six digits.",
      wrong,
      wrong,
      expect.stringContaining("AccessDenied"),
    ]);
    expect(printed(home, "err")).toContain(said.at(-1));
    expect(printed(home, "out")).toBe("");
  });

  test("a session that cannot be stored is given, and that it will be asked for again is said", async () => {
    await using home = await startProcessHome();
    symlinkSync("/no/where", home.store);
    const terminal = start(home);
    await terminal.until(prompt);
    terminal.type(`${home.sandbox.freshCode("alice")}\r`);
    await terminal.until("awsmfa: the session could not be stored");
    await terminal.until("status 0");
    expect(keyGiven(home)).toMatch(/^ASIA/);
  });

  test("nobody is told of what nobody is asked for", async () => {
    await using home = await startProcessHome();
    const terminal = start(home, { AWS_MFA_PROMPT: "none" });
    await terminal.until("status 253");
    expect(terminal.shown).toBe("status 253\r\n");
    expect(printed(home, "err")).toContain("nobody to ask");
  });

  test("mfa_process gives the code, with the terminal for its own question", async () => {
    await using home = await startProcessHome();
    const ykman = home.program("bin/ykman", `echo 'touch it' >&2; read -r line; echo "$line"`);
    home.write(
      ".aws/config",
      `[profile dev]\nregion = us-east-1\nmfa_serial = ${home.user.serial}\nmfa_process = ${ykman}\n`,
    );
    const terminal = start(home);
    await terminal.until("touch it");
    terminal.type(`${home.sandbox.freshCode("alice")}\r`);
    await terminal.until("status 0");
    expect(terminal.shown).not.toContain(prompt);
    expect(keyGiven(home)).toMatch(/^ASIA/);
  });
});

describe.concurrent("a session near its end", () => {
  const plantOld = (home: ProcessHome) =>
    leaveInStore(home, "dev", sessionFile(home, lasting(42_400, 800)));

  test("^D: it is given as it is, and until when is said on the terminal", async () => {
    await using home = await startProcessHome();
    plantOld(home);
    const terminal = start(home);
    await terminal.until(prompt);
    terminal.type("\x04");
    await terminal.until("The session that is there goes on until ");
    await terminal.until("status 0");
    expect(keyGiven(home)).toMatch(/^ASIAPLANTED/);
  });

  test("^C: 130, since that ends the program as well, and the next one is not asked", async () => {
    await using home = await startProcessHome();
    plantOld(home);
    const terminal = start(home);
    await terminal.until(prompt);
    terminal.type("\x03");
    await terminal.until("status 130");
    expect(printed(home, "out")).toBe("");
    const next = start(home);
    await next.until("status 0");
    expect(next.shown).toBe("status 0\r\n");
    expect(keyGiven(home)).toMatch(/^ASIAPLANTED/);
  });
});
