import { spawn } from "node:child_process";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { awsmfa } from "../support/commands.ts";
import { keysSection, startLab, type Lab } from "../support/lab.ts";
import { shellOnTerminal } from "../support/on-terminal.ts";
import { runAwsmfa } from "../support/run.ts";

const prompt = "MFA code for phone (profile dev): ";
const session = ["session", "x"];
const wrong = "is wrong or already used: wait for the next code.";

/** stdout goes to a file: what the terminal shows is ours. */
const onTerminal = 'awsmfa session x >"$HOME/out"; echo "status $?"';

/** A lab whose `aws` says that it ran, with the code of the moment in the file `code`. */
async function startRoom(): Promise<{ lab: Lab; code: string } & AsyncDisposable> {
  const lab = await startLab();
  lab.fakeAws("echo ran");
  const code = lab.sandbox.freshCode("alice");
  lab.write("code", `${code}\n`);
  return { lab, code, [Symbol.asyncDispose]: () => lab[Symbol.asyncDispose]() };
}

/** HTTP statuses of the requests for a session, in order. */
function asked({ sandbox }: Lab): number[] {
  const calls = sandbox.calls.filter(({ operation }) => operation === "GetSessionToken");
  return calls.map(({ status }) => status);
}

function script(lab: Lab, path: string, text: string): string {
  const file = lab.write(path, `#!/bin/bash\n${text}\n`);
  chmodSync(file, 0o755);
  return file;
}

function setProcess(lab: Lab, command: string): void {
  lab.write(
    ".aws/config",
    `[profile dev]\nregion = us-east-1\nmfa_serial = ${lab.serial}\nmfa_process = ${command}\n`,
  );
}

function read(lab: Lab, file: string): string {
  return readFileSync(`${lab.home}/${file}`, "utf8");
}

/** The process ids that a script of the test wrote down. */
async function pidsIn(lab: Lab, file: string, count: number): Promise<number[]> {
  for (let attempt = 0; attempt < 400; attempt++) {
    const lines = existsSync(`${lab.home}/${file}`) ? read(lab, file).match(/\d+(?=\n)/g) : null;
    if (lines?.length === count) return lines.map(Number);
    await sleep(25);
  }
  throw new Error(`${file} did not come`);
}

function isAlive(pid: number): boolean {
  try {
    // A zombie that nobody has waited for is over, too.
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

async function expectGone(pids: readonly number[]): Promise<void> {
  for (let attempt = 0; attempt < 80 && pids.some(isAlive); attempt++) await sleep(25);
  expect(pids.filter(isAlive)).toEqual([]);
}

describe("AWS_MFA_TOKEN, without a terminal", () => {
  interface Case {
    name: string;
    token: (lab: Lab, code: string) => string;
    exit: number;
    says: string | RegExp;
    asked: number[];
    pwned?: boolean;
  }

  test.concurrent.each<Case>([
    { name: "right", token: (_, code) => code, exit: 0, says: /^$/, asked: [200] },
    {
      name: "with spaces",
      token: (_, code) => ` ${code.slice(0, 3)} ${code.slice(3)}\n`,
      exit: 0,
      says: /^$/,
      asked: [200],
    },
    {
      name: "wrong",
      token: ({ sandbox }) => sandbox.wrongCode("alice"),
      exit: 254,
      says: "awsmfa: AWS did not accept the code of AWS_MFA_TOKEN: wrong, or already used",
      asked: [403],
    },
    {
      name: "empty is unset",
      token: () => "",
      exit: 253,
      says: "nobody to ask",
      asked: [],
    },
    ...[
      "12345",
      "1234567",
      "abcdef",
      "-12345",
      "0x1234",
      "１２３４５６",
      "$(touch ~/pwned)",
      "`touch ~/pwned`",
      "123456; touch ~/pwned",
      "123456\n; touch ~/pwned",
    ].map((token) => ({
      name: `malformed: ${JSON.stringify(token)}`,
      token: () => token,
      exit: 253,
      says: /^awsmfa: AWS_MFA_TOKEN is not a code of six digits\.\nawsmfa: no MFA code for phone \(profile dev\) was given\.\n/,
      asked: [],
    })),
  ])("$name: $exit", async ({ token, exit, says, asked: statuses }) => {
    await using room = await startRoom();
    const { lab, code } = room;
    const env = { ...lab.env, AWS_MFA_TOKEN: token(lab, code) };
    const ended = await runAwsmfa(session, { env, cwd: lab.home });
    expect(ended).toMatchObject({ code: exit, stdout: exit === 0 ? "ran\n" : "" });
    expect(ended.stderr).toMatch(says);
    expect(asked(lab)).toEqual(statuses);
    expect(existsSync(`${lab.home}/pwned`)).toBe(false);
  });

  test("neither cold nor warm does `aws` see it", async () => {
    await using room = await startRoom();
    const { lab, code } = room;
    const env = { ...lab.fakeAws("env"), AWS_MFA_TOKEN: code };
    for (const call of ["cold", "warm"]) {
      const { stdout } = await runAwsmfa(session, { env });
      expect(stdout, call).toContain("AWS_SESSION_TOKEN=");
      expect(stdout, call).not.toContain("AWS_MFA_TOKEN");
    }
  });
});

test.concurrent.each([
  ["a profile's name", "a;touch $HOME/pwned `touch $HOME/pwned` $(touch $HOME/pwned)", "phone"],
  ["a device's name", "dev", "=,.@+-phone"],
])("%s is never run, by no prompt", async (_name, profile, device) => {
  const serial = `arn:aws:iam::123456789012:mfa/${device}`;
  const secret = "JBSWY3DPEHPK3PXP";
  await using lab = await startLab({ users: [{ name: "alice", devices: [{ serial, secret }] }] });
  lab.fakeAws('echo "ran as $AWS_PROFILE"');
  lab.write(
    ".aws/config",
    `[profile "${profile}"]\nmfa_serial = ${serial}\nmfa_process = exit 1\n`,
  );
  lab.write(".aws/credentials", keysSection(profile, lab.sandbox.user("alice")));
  lab.write("code", lab.sandbox.freshCode("alice"));
  const program = script(lab, "ask", 'printf "%s" "$1" >"$HOME/prompt"; cat "$HOME/code"');
  const env = {
    ...lab.env,
    AWS_PROFILE: profile,
    AWS_MFA_PROMPT: "askpass",
    AWS_MFA_ASKPASS: program,
  };
  const ended = await runAwsmfa(session, { env });
  expect(ended).toMatchObject({ code: 0, stdout: `ran as ${profile}\n` });
  expect(read(lab, "prompt")).toBe(`MFA code for ${device} (profile ${profile}): `);
  expect(existsSync(`${lab.home}/pwned`)).toBe(false);
});

test.concurrent.each(["x$(touch ~/pwned)", "GAHT`touch ~/pwned`", "arn:aws:iam::1:mfa/a;touch x"])(
  "a serial like %s is refused before anything else: 253",
  async (serial) => {
    await using room = await startRoom();
    const { lab, code } = room;
    const env = { ...lab.env, AWS_MFA_SERIAL: serial, AWS_MFA_TOKEN: code };
    const ended = await runAwsmfa(session, { env });
    expect(ended).toMatchObject({ code: 253, stdout: "" });
    expect(ended.stderr).toContain("is not the serial of an MFA device");
    expect(existsSync(`${lab.home}/pwned`)).toBe(false);
  },
);

describe("mfa_process, without a terminal", () => {
  interface Case {
    name: string;
    process: string;
    exit: number;
    says: string | RegExp;
    asked?: number[];
    env?: (lab: Lab, code: string) => Record<string, string>;
    prepare?: (lab: Lab) => void;
  }

  test.concurrent.each<Case>([
    { name: "prints the code", process: 'cat "$HOME/code"', exit: 0, says: /^$/ },
    {
      name: "prints it with spaces and empty lines",
      process: String.raw`sed "s/.../\n & /g" "$HOME/code"`,
      exit: 0,
      says: /^$/,
    },
    {
      name: "stands in the credentials file",
      process: "exit 1",
      prepare: (lab) => {
        const keys = keysSection("dev", lab.sandbox.user("alice"));
        lab.write(".aws/credentials", `${keys}mfa_process = cat "$HOME/code"\n`);
      },
      exit: 0,
      says: /^$/,
    },
    {
      name: "is beaten by AWS_MFA_PROCESS",
      process: "exit 1",
      env: () => ({ AWS_MFA_PROCESS: 'cat "$HOME/code"' }),
      exit: 0,
      says: /^$/,
    },
    {
      name: "is not beaten by an empty AWS_MFA_PROCESS",
      process: 'cat "$HOME/code"',
      env: () => ({ AWS_MFA_PROCESS: "" }),
      exit: 0,
      says: /^$/,
    },
    {
      name: "comes after a wrong AWS_MFA_TOKEN",
      process: 'cat "$HOME/code"',
      env: ({ sandbox }) => ({ AWS_MFA_TOKEN: sandbox.wrongCode("alice") }),
      exit: 0,
      says: `awsmfa: the code of AWS_MFA_TOKEN ${wrong}\n`,
      asked: [403, 200],
    },
    {
      name: "comes after a malformed AWS_MFA_TOKEN",
      process: 'cat "$HOME/code"',
      env: () => ({ AWS_MFA_TOKEN: "none" }),
      exit: 0,
      says: "awsmfa: AWS_MFA_TOKEN is not a code of six digits.\n",
    },
    {
      name: "is not run where AWS_MFA_TOKEN is right",
      process: 'touch "$HOME/pwned"',
      env: (_, code) => ({ AWS_MFA_TOKEN: code }),
      exit: 0,
      says: /^$/,
    },
    {
      name: "has nothing to read from our stdin",
      process: 'cat; cat "$HOME/code"',
      exit: 0,
      says: /^$/,
    },
    {
      name: "fails",
      process: 'cat "$HOME/code"; exit 3',
      exit: 253,
      says: /^awsmfa: mfa_process failed \(exit status 3\)\.\nawsmfa: no MFA code .* was given/,
      asked: [],
    },
    {
      name: "does not exist",
      process: "no-such-program --code",
      exit: 253,
      says: "awsmfa: mfa_process failed (exit status 127).\n",
      asked: [],
    },
    {
      name: "is killed",
      process: "kill -9 $$",
      exit: 253,
      says: "awsmfa: mfa_process failed (SIGKILL).\n",
      asked: [],
    },
    {
      name: "prints nothing",
      process: "true",
      exit: 253,
      says: "awsmfa: mfa_process printed no code of six digits.\n",
      asked: [],
    },
    {
      name: "prints rubbish with a code in it",
      process: 'echo "Your code: $(cat "$HOME/code")"',
      exit: 253,
      says: "awsmfa: mfa_process printed no code of six digits.\n",
      asked: [],
    },
    {
      name: "prints a wrong code",
      process: "echo 000000",
      exit: 254,
      says: "awsmfa: AWS did not accept the code of mfa_process: wrong, or already used",
      asked: [403],
    },
    {
      name: "prints megabytes",
      process: "head -c 5000000 /dev/zero",
      exit: 253,
      says: "awsmfa: mfa_process failed (it prints without end).\n",
      asked: [],
    },
    {
      name: "prints for ever, and does not care about signals",
      process: `trap "" TERM PIPE; echo $$ >>"$HOME/pids"; while echo 123456 2>&-; do :; done`,
      exit: 253,
      says: "awsmfa: mfa_process failed (it prints without end).\n",
      asked: [],
    },
  ])("$name: $exit", async ({ process, exit, says, asked: statuses = [200], env, prepare }) => {
    await using room = await startRoom();
    const { lab, code } = room;
    setProcess(lab, process);
    prepare?.(lab);
    const all = { ...lab.env, ...env?.(lab, code) };
    const ended = await runAwsmfa(session, { env: all, stdin: "not a code" });
    expect(ended).toMatchObject({ code: exit, stdout: exit === 0 ? "ran\n" : "" });
    expect(ended.stderr).toMatch(says);
    expect(ended.stderr).not.toContain(code);
    expect(asked(lab)).toEqual(statuses);
    expect(existsSync(`${lab.home}/pwned`)).toBe(false);
    if (existsSync(`${lab.home}/pids`)) await expectGone(await pidsIn(lab, "pids", 1));
  });

  test("it is not run where a session is stored", async () => {
    await using room = await startRoom();
    const { lab } = room;
    setProcess(lab, 'echo run >>"$HOME/log"; cat "$HOME/code"');
    for (const call of ["cold", "warm", "warm again"]) {
      expect(await runAwsmfa(session, { env: lab.env }), call).toMatchObject({
        code: 0,
        stderr: "",
      });
    }
    expect(read(lab, "log")).toBe("run\n");
  });

  test("what it leaves in the background with its stdout is not waited for", async () => {
    await using room = await startRoom();
    const { lab } = room;
    setProcess(lab, 'sleep 50 2>&- & echo $! >"$HOME/pids"; cat "$HOME/code"');
    const started = performance.now();
    expect(await runAwsmfa(session, { env: lab.env })).toMatchObject({ code: 0, stderr: "" });
    expect(performance.now() - started).toBeLessThan(20_000);
    for (const pid of await pidsIn(lab, "pids", 1)) process.kill(pid);
  });
});

describe("mfa_process, on a terminal", () => {
  test.concurrent.each([
    ["fails", "exit 1", "mfa_process failed (exit status 1).", [200]],
    ["prints rubbish", "echo rubbish", "mfa_process printed no code of six digits.", [200]],
    ["prints a wrong code", "echo 000000", `the code of mfa_process ${wrong}`, [403, 200]],
  ])("where it %s, somebody is asked", async (_name, command, says, statuses) => {
    await using room = await startRoom();
    const { lab, code } = room;
    setProcess(lab, command);
    const terminal = shellOnTerminal(onTerminal, lab.env);
    await terminal.until(`awsmfa: ${says}\r\n${prompt}`);
    terminal.type(`${code}\r`);
    await terminal.until("status 0");
    expect(asked(lab)).toEqual(statuses);
  });

  test("the terminal is its stdin and stderr, wherever ours lead", async () => {
    await using room = await startRoom();
    const { lab } = room;
    lab.fakeAws("cat");
    const lines = [
      "[ -t 0 ] && [ -t 2 ] && ! [ -t 1 ] || exit 9",
      'printf "PIN: " >&2; read -r pin; [ "$pin" = 4711 ] || exit 8',
      'cat "$HOME/code"',
    ];
    setProcess(lab, script(lab, "pin", lines.join("\n")));
    const command = 'echo piped | awsmfa session x >"$HOME/out" 2>"$HOME/err"; echo "status $?"';
    const terminal = shellOnTerminal(command, lab.env);
    await terminal.until("PIN: ");
    terminal.type("4711\r");
    await terminal.until("status 0");
    expect(terminal.shown).toBe("PIN: 4711\r\nstatus 0\r\n");
    expect(read(lab, "out")).toBe("piped\n");
    expect(read(lab, "err")).toBe("");
  });

  test.concurrent.each([
    ["a command", 'echo $$ >>"$HOME/pids"; exec sleep 50', 1],
    ["a shell and its command", 'echo $$ >>"$HOME/pids"; sleep 50; cat "$HOME/code"', 1],
    ["a pipeline", '{ echo $$ >>"$HOME/pids"; sleep 50; } | cat', 1],
    [
      "one that takes ^C for a failure of its own",
      `trap "exit 1" INT; echo $$ >>"$HOME/pids"; sleep 50`,
      1,
    ],
    ["one that ignores ^C", `trap "" INT; echo $$ >>"$HOME/pids"; sleep 50; sleep 50`, 1],
  ])("^C while %s runs: 130, and nothing stays", async (_name, command, count) => {
    await using room = await startRoom();
    const { lab } = room;
    setProcess(lab, command);
    const terminal = shellOnTerminal(`trap : INT; ${onTerminal}`, lab.env);
    const pids = await pidsIn(lab, "pids", count);
    await sleep(100);
    terminal.type("\x03");
    await terminal.until("status 130");
    await expectGone(pids);
    expect(read(lab, "out")).toBe("");
    expect(terminal.shown).not.toContain("awsmfa:");
  });
});

test("AWS_MFA_TOKEN, mfa_process and the prompt, one after the other", async () => {
  await using room = await startRoom();
  const { lab, code } = room;
  setProcess(lab, "echo 000001");
  const env = { ...lab.env, AWS_MFA_TOKEN: lab.sandbox.wrongCode("alice") };
  const terminal = shellOnTerminal(onTerminal, env);
  await terminal.until(`the code of AWS_MFA_TOKEN ${wrong}`);
  await terminal.until(`the code of mfa_process ${wrong}\r\n${prompt}`);
  terminal.type(`${code}\r`);
  await terminal.until("status 0");
  expect(asked(lab)).toEqual([403, 403, 200]);
});

test.concurrent.each([
  ["long-term keys: a code is asked for", {}, [200]],
  ["temporary keys: nothing is asked", { SessionToken: "token" }, []],
])("credential_process gives %s, and leaves stdin to `aws`", async (_name, more, statuses) => {
  await using room = await startRoom();
  const { lab, code } = room;
  const { accessKeyId, secretAccessKey } = lab.sandbox.user("alice");
  const keys = { Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, ...more };
  lab.write("keys", JSON.stringify(keys));
  lab.write(".aws/credentials", "");
  const command = `sh -c 'cat; cat "$HOME/keys"; echo noise >&2'`;
  lab.write(
    ".aws/config",
    `[profile dev]\nmfa_serial = ${lab.serial}\ncredential_process = ${command}\n`,
  );
  lab.fakeAws("cat");
  const env = { ...lab.env, AWS_MFA_TOKEN: code };
  const ended = await runAwsmfa(session, { env, stdin: "for aws" });
  expect(ended).toMatchObject({ code: 0, stdout: "for aws", stderr: "" });
  expect(asked(lab)).toEqual(statuses);
});

describe("AWS_MFA_PROMPT", () => {
  const program = 'echo asked >"$HOME/asked"; cat "$HOME/code"';
  const invalid = 'AWS_MFA_PROMPT is "gui"; it takes tty, askpass or none.';

  test.concurrent.each([
    ["", 0, /^$/],
    ["tty", 253, "nobody to ask"],
    ["askpass", 0, /^$/],
    ["none", 253, "nobody to ask"],
    ["gui", 253, invalid],
  ] as const)("%j without a terminal: %i", async (choice, exit, says) => {
    await using room = await startRoom();
    const { lab } = room;
    const AWS_MFA_ASKPASS = script(lab, "ask", program);
    const env = { ...lab.env, AWS_MFA_PROMPT: choice, AWS_MFA_ASKPASS, DISPLAY: ":0" };
    const ended = await runAwsmfa(session, { env });
    expect(ended.code).toBe(exit);
    expect(ended.stderr).toMatch(says);
    expect(existsSync(`${lab.home}/asked`)).toBe(exit === 0);
  });

  test.concurrent.each([
    ["", prompt],
    ["tty", prompt],
    ["askpass", "status 0"],
    ["none", "nobody to ask"],
    ["gui", invalid],
  ] as const)("%j on a terminal: %s", async (choice, shows) => {
    await using room = await startRoom();
    const { lab, code } = room;
    const AWS_MFA_ASKPASS = script(lab, "ask", program);
    const env = { ...lab.env, AWS_MFA_PROMPT: choice, AWS_MFA_ASKPASS, DISPLAY: ":0" };
    const terminal = shellOnTerminal(onTerminal, env);
    await terminal.until(shows);
    if (shows === prompt) terminal.type(`${code}\r`);
    if (choice !== "askpass") await terminal.until(shows === prompt ? "status 0" : "status 253");
    expect(existsSync(`${lab.home}/asked`)).toBe(choice === "askpass");
    expect(terminal.shown.includes(prompt)).toBe(shows === prompt);
  });

  test("an invalid one is refused even where AWS_MFA_TOKEN is right", async () => {
    await using room = await startRoom();
    const { lab, code } = room;
    const env = { ...lab.env, AWS_MFA_PROMPT: "gui", AWS_MFA_TOKEN: code };
    expect(await runAwsmfa(session, { env })).toMatchObject({ code: 253, stdout: "" });
    expect(asked(lab)).toEqual([]);
  });
});

describe("askpass", () => {
  /** Says which one it is. */
  const named = (name: string): string => `echo ${name} >"$HOME/asked"; cat "$HOME/code"`;

  interface Precedence {
    name: string;
    env: (lab: Lab) => Record<string, string>;
    asked: string;
    says?: RegExp;
  }

  test.concurrent.each<Precedence>([
    {
      name: "AWS_MFA_ASKPASS first",
      env: (lab) => ({
        AWS_MFA_ASKPASS: script(lab, "own", named("own")),
        SSH_ASKPASS: script(lab, "ssh", named("ssh")),
      }),
      asked: "own",
    },
    {
      name: "then SSH_ASKPASS",
      env: (lab) => ({ AWS_MFA_ASKPASS: "", SSH_ASKPASS: script(lab, "ssh", named("ssh")) }),
      asked: "ssh",
    },
    { name: "then ssh-askpass on PATH", env: () => ({}), asked: "path" },
    {
      name: "a name is looked for on PATH",
      env: (lab) => {
        script(lab, "bin/my-ask", named("mine"));
        return { AWS_MFA_ASKPASS: "my-ask" };
      },
      asked: "mine",
    },
    {
      name: "one that is not there is told, and passed over",
      env: () => ({ AWS_MFA_ASKPASS: "/nonexistent" }),
      asked: "path",
      says: /^awsmfa: AWS_MFA_ASKPASS is \/nonexistent, which cannot be run\.\n$/,
    },
    {
      name: "SSH_ASKPASS is often that of another machine, and passed over in silence",
      env: (lab) => ({ SSH_ASKPASS: lab.write("not-executable", named("no")) }),
      asked: "path",
    },
  ])("$name", async ({ env, asked: which, says = /^$/ }) => {
    await using room = await startRoom();
    const { lab } = room;
    script(lab, "bin/ssh-askpass", named("path"));
    const ended = await runAwsmfa(session, { env: { ...lab.env, DISPLAY: ":0", ...env(lab) } });
    expect(ended).toMatchObject({ code: 0, stdout: "ran\n" });
    expect(ended.stderr).toMatch(says);
    expect(read(lab, "asked")).toBe(`${which}\n`);
  });

  test.concurrent.each([
    [{ DISPLAY: ":0" }, 0],
    [{ WAYLAND_DISPLAY: "wayland-0" }, 0],
    [{}, 253],
    [{ DISPLAY: "", WAYLAND_DISPLAY: "" }, 253],
    // Who names it means it: it may ask by other means.
    [{ AWS_MFA_PROMPT: "askpass" }, 0],
  ])("with %j: %i", async (env, exit) => {
    await using room = await startRoom();
    const { lab } = room;
    const AWS_MFA_ASKPASS = script(lab, "ask", 'cat "$HOME/code"');
    const ended = await runAwsmfa(session, { env: { ...lab.env, AWS_MFA_ASKPASS, ...env } });
    expect(ended.code).toBe(exit);
  });

  test("AWS_MFA_PROMPT=askpass without any: 253", async () => {
    await using room = await startRoom();
    const { lab } = room;
    const env = { ...lab.env, AWS_MFA_PROMPT: "askpass", PATH: `${lab.home}/bin` };
    const ended = await runAwsmfa(session, { env });
    expect(ended).toMatchObject({ code: 253, stdout: "" });
    expect(ended.stderr).toContain("nobody to ask");
  });

  interface Asking {
    name: string;
    owner: (lab: Lab) => string;
    env?: (lab: Lab) => Record<string, string>;
    serial?: string;
  }

  test.concurrent.each<Asking>([
    { name: "a profile", owner: () => "phone (profile dev)" },
    {
      name: "a hardware device",
      serial: "GAHT12345678",
      owner: () => "GAHT12345678 (profile dev)",
    },
    {
      name: "environment keys",
      env: ({ sandbox, serial }) => ({
        AWS_PROFILE: "default",
        AWS_ACCESS_KEY_ID: sandbox.user("alice").accessKeyId,
        AWS_SECRET_ACCESS_KEY: sandbox.user("alice").secretAccessKey,
        AWS_MFA_SERIAL: serial,
        AWS_REGION: "us-east-1",
      }),
      owner: ({ sandbox }) => `phone (key …${sandbox.user("alice").accessKeyId.slice(-4)})`,
    },
  ])("the prompt is its one argument: $name", async ({ owner, env, serial }) => {
    const devices = [serial === undefined ? "phone" : { serial, secret: "JBSWY3DPEHPK3PXP" }];
    await using lab = await startLab({ users: [{ name: "alice", devices }] });
    lab.fakeAws("cat");
    lab.write("code", lab.sandbox.freshCode("alice"));
    lab.write(".aws/config", `[default]\n[profile dev]\nmfa_serial = ${lab.serial}\n`);
    const text =
      'printf "%s\\n" "$#" "$1" >"$HOME/args"; cat >"$HOME/read"; readlink /proc/$$/fd/0 >"$HOME/stdin"; cat "$HOME/code"';
    const askpass = { AWS_MFA_ASKPASS: script(lab, "ask", text), DISPLAY: ":0" };
    const all = { ...lab.env, ...askpass, ...env?.(lab) };
    const ended = await runAwsmfa(session, { env: all, stdin: "for aws" });
    expect(ended).toMatchObject({ code: 0, stdout: "for aws", stderr: "" });
    expect(read(lab, "args")).toBe(`1\nMFA code for ${owner(lab)}: \n`);
    expect(read(lab, "read")).toBe("");
    expect(read(lab, "stdin")).toBe("/dev/null\n");
  });

  interface Ending {
    name: string;
    ask: string;
    exit: number;
    says: string | RegExp;
    asked?: number[];
    /** How often the program is started (default once). */
    times?: number;
  }

  test.concurrent.each<Ending>([
    {
      name: "cancelled",
      ask: "exit 1",
      exit: 253,
      says: /^awsmfa: no code came from \S+\/ask \(exit status 1\)\.\nawsmfa: no MFA code for phone \(profile dev\) was given\.\n/,
    },
    { name: "crashes", ask: "kill -SEGV $$", exit: 253, says: "(SIGSEGV)" },
    { name: "rubbish", ask: "echo rubbish", exit: 253, says: "a code is six digits", times: 10 },
    { name: "nothing", ask: "true", exit: 253, says: "(it printed nothing)" },
    { name: "rubbish for ever", ask: "exec yes", exit: 253, says: "(it prints without end)" },
    {
      name: "three wrong codes",
      ask: 'printf "00000%s\\n" "$(wc -l <"$HOME/pids")"',
      exit: 254,
      says: new RegExp(`^(awsmfa: that code ${wrong}\n){2}awsmfa: AWS did not accept that code`),
      asked: [403, 403, 403],
      times: 3,
    },
    {
      name: "three times the same wrong code, which is sent once",
      ask: "echo 000000",
      exit: 254,
      says: new RegExp(`^(awsmfa: that code ${wrong}\n){2}awsmfa: AWS did not accept that code`),
      asked: [403],
      times: 3,
    },
  ])("$name: $exit", async ({ ask, exit, says, asked: statuses = [], times = 1 }) => {
    await using room = await startRoom();
    const { lab } = room;
    const AWS_MFA_ASKPASS = script(lab, "ask", `echo $$ >>"$HOME/pids"\n${ask}`);
    const env = { ...lab.env, AWS_MFA_ASKPASS, DISPLAY: ":0" };
    const ended = await runAwsmfa(session, { env });
    expect(ended).toMatchObject({ code: exit, stdout: "" });
    expect(ended.stderr).toMatch(says);
    expect(asked(lab)).toEqual(statuses);
    await expectGone(await pidsIn(lab, "pids", times));
    expect(existsSync(lab.store)).toBe(false);
  });

  test.concurrent.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "one that hangs is ended with us by %s, and all that it started",
    async (signal) => {
      await using room = await startRoom();
      const { lab } = room;
      const text = 'echo $$ >>"$HOME/pids"; sleep 50 & echo $! >>"$HOME/pids"; wait; wait';
      const AWS_MFA_ASKPASS = script(lab, "ask", text);
      const env = { ...lab.env, AWS_MFA_ASKPASS, DISPLAY: ":0" };
      const child = spawn(process.execPath, [awsmfa, ...session], { env, detached: true });
      const ended = new Promise((resolve) => child.once("exit", (_, by) => resolve(by)));
      const pids = await pidsIn(lab, "pids", 2);
      child.kill(signal);
      expect(await ended).toBe(signal);
      await expectGone(pids);
    },
  );
});

test("no terminal and nothing else: 253 and the three ways to supply a code", async () => {
  await using room = await startRoom();
  const { lab } = room;
  const ended = await runAwsmfa(session, { env: lab.env, stdin: "123456\n" });
  expect(ended).toMatchObject({ code: 253, stdout: "" });
  expect(ended.stderr).toMatch(
    /^awsmfa: no MFA code for phone \(profile dev\), and nobody to ask\.\n {2}.*terminal.*AWS_MFA_TOKEN.*\n {2}mfa_process.*AWS_MFA_PROCESS/,
  );
  expect(asked(lab)).toEqual([]);
  expect(existsSync(lab.store)).toBe(false);
});
