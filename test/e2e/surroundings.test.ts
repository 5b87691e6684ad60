import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { awsmfa, python } from "../support/commands.ts";
import { startLab, type Lab } from "../support/lab.ts";
import { shellOnTerminal } from "../support/on-terminal.ts";
import { run, runAwsmfa } from "../support/run.ts";

const prompt = "MFA code for phone (profile dev): ";
const awsmfaCommand = `'${process.execPath}' '${awsmfa}'`;

/** Runs a bash script without a terminal. */
function bash(lab: Lab, script: string, env = lab.env) {
  return run("/bin/bash", ["--norc", "-c", script], { env });
}

describe.each(["warm", "pass-through"])("%s", (way) => {
  async function warmLab(script: string): Promise<[Lab, Record<string, string>]> {
    const started = await startLab();
    const env = started.fakeAws(script);
    await started.signIn();
    return [started, { ...env, ...(way === "warm" ? {} : { AWS_PROFILE: "none" }) }];
  }

  test("bytes that are not UTF-8 reach aws as they are, in arguments and variables", async () => {
    const [started, env] = await warmLab(
      `printf '%s\\0' "$@" > "$HOME/args"; printf '%s\\0' "$ODD" "$PLAIN" "\${AWSMFA_START-unset}" > "$HOME/vars"`,
    );
    await using lab = started;
    const odd = String.raw`$'caf\xe9\n' $'\xff\xfe' "it's" $'\xef\xbf\xbd' '' $'\n\n' '%b\0101' "a b"`;
    const script = `export ODD=$'\\xe9x\\n\\xff' PLAIN='it'"'"'s \\ ü'; ${awsmfaCommand} session s3 ${odd}; echo $?`;
    const ended = await bash(lab, script, env);
    expect(ended).toMatchObject({ stdout: "0\n", stderr: "" });
    const direct = await bash(lab, `set -- s3 ${odd}; printf '%s\\0' "$@" > "$HOME/expected"`, env);
    expect(direct.code).toBe(0);
    const read = (name: string): string => readFileSync(`${lab.home}/${name}`, "latin1");
    expect(read("args")).toBe(read("expected"));
    expect(read("vars")).toBe("\xe9x\n\xff\0it's \\ \xc3\xbc\0unset\0");
  });

  test("descriptors that the arguments name reach aws", async () => {
    const [started, env] = await warmLab('cat "$1" "${2#file://}"');
    await using lab = started;
    const script = `${awsmfaCommand} session /dev/fd/3 file:///proc/self/fd/12 3< <(echo three) 12< <(echo twelve)`;
    expect(await bash(lab, script, env)).toMatchObject({ code: 0, stdout: "three\ntwelve\n" });
  });

  test.each(["SIGINT", "SIGQUIT"] as const)("%s meant for us alone reaches aws", async (signal) => {
    const [started, env] = await warmLab(
      // bash itself ignores QUIT: it must be gone.
      "(sleep 0.2; echo ready) & exec sleep 20",
    );
    await using lab = started;
    const options = { env, detached: true, cwd: lab.home };
    const child = spawn(process.execPath, [awsmfa, "session", "wait"], options);
    await once(child.stdout, "data");
    child.kill(signal);
    expect(await once(child, "exit")).toEqual(signal === "SIGINT" ? [null, "SIGINT"] : [131, null]);
  });

  test("a variable named __proto__ is a variable like any other", async () => {
    const [started, env] = await warmLab("env | grep __proto__");
    await using lab = started;
    const ended = await bash(lab, `env __proto__=x ${awsmfaCommand} session x`, env);
    expect(ended).toMatchObject({ code: 0, stdout: "__proto__=x\n" });
  });
});

/** Tells whether a pipe that we shared was left blocking, while somebody sat at the prompt. */
const pipeFlags = `
import fcntl, os, subprocess, sys
readers = []
def pipe():
    r, w = os.pipe()
    readers.append(r)
    return w
out, err = pipe(), pipe()
child = subprocess.Popen(sys.argv[1:], stdout=out, stderr=err)
child.wait()
flags = [bool(fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_NONBLOCK) for fd in (out, err)]
print(child.returncode, flags)
`;

test("a pipe that we share with others stays blocking through prompt and answer", async () => {
  await using lab = await startLab();
  lab.write("flags.py", pipeFlags);
  // It fails after the answer of STS, so that no child of ours can mend the pipe.
  const env = { ...lab.env, AWS_MFA_TOKEN: "000000", DEBUG: "*" };
  const args = [`${lab.home}/flags.py`, process.execPath, awsmfa, "session", "s3", "ls"];
  const ended = await run(python, args, { env });
  expect(ended.stdout).toBe("254 [False, False]\n");
});

test("DEBUG=* of other programs makes nobody print passwords or requests", async () => {
  await using lab = await startLab();
  const proxy = lab.sandbox.url.replace("//", "//user:S3CRETPW@");
  const env = {
    ...lab.fakeAws('echo "DEBUG=$DEBUG"'),
    DEBUG: "*",
    HTTP_PROXY: proxy,
    AWS_MFA_TOKEN: lab.sandbox.freshCode("alice"),
  };
  const ended = await runAwsmfa(["session", "s3", "ls"], { env });
  expect(ended).toMatchObject({ code: 0, stdout: "DEBUG=*\n", stderr: "" });
});

test("an empty DEBUG stays an empty DEBUG", async () => {
  await using lab = await startLab();
  const code = lab.sandbox.freshCode("alice");
  const env = { ...lab.fakeAws('echo "${DEBUG-unset}"'), DEBUG: "", AWS_MFA_TOKEN: code };
  expect(await runAwsmfa(["session", "x"], { env })).toMatchObject({ stdout: "\n", stderr: "" });
});

test.each([
  ["SIGUSR1", "138"],
  ["SIGQUIT", "131"],
] as const)("%s at the prompt ends us: no debugger, no core", async (signal, status) => {
  await using lab = await startLab();
  const script = `ulimit -c unlimited; cd "$HOME"; awsmfa session s3 ls; echo "status $?"; ls`;
  const terminal = shellOnTerminal(script, lab.env);
  await terminal.until(prompt);
  if (signal === "SIGQUIT") terminal.type("\x1c");
  else await run("/usr/bin/pkill", ["-USR1", "-P", `${terminal.pid}`], { env: lab.env });
  await terminal.until(`status ${status}`);
  await terminal.ended;
  expect(terminal.shown).not.toMatch(/Debugger|core/);
});

test("a full stderr costs us time, not the message", async () => {
  await using lab = await startLab();
  const script = `
import os, subprocess, sys, time
r, w = os.pipe()
os.set_blocking(w, False)
try:
    while True: os.write(w, b"x" * 4096)
except BlockingIOError: pass
child = subprocess.Popen(sys.argv[1:], stderr=w)
os.close(w)
time.sleep(1)
data = b""
while chunk := os.read(r, 65536): data += chunk
print(child.wait(), data.lstrip(b"x").decode().split(":")[0])
`;
  const file = lab.write("full.py", script);
  const env = { ...lab.env, AWS_MFA_TOKEN: "000000" };
  const ended = await run(python, [file, process.execPath, awsmfa, "session", "s3", "ls"], { env });
  expect(ended.stdout).toBe("254 awsmfa\n");
});

test.each([
  ["an empty entry of PATH", (lab: Lab) => `${lab.home}/shim::/usr/bin:/bin`, "here"],
  [
    "a link and .. in PATH",
    (lab: Lab) => `${lab.home}/link/../bin:/usr/bin:/bin`,
    "behind the link",
  ],
])("%s: what the shell would run is run", async (_name, path, expected) => {
  await using lab = await startLab();
  const script = (file: string, text: string): void => {
    chmodSync(lab.write(file, `#!/bin/sh\n${text}\n`), 0o755);
  };
  script("shim/aws", `exec ${awsmfaCommand} session "$@" # awsmfa session`);
  script("shim/aws", `exec '${process.execPath}' '${awsmfa}' session "$@"`);
  script("aws", "echo here");
  script("bin/aws", "echo beside the link");
  script("real/bin/aws", "echo behind the link");
  script("real/sub/x", "");
  await run("/bin/ln", ["-s", `${lab.home}/real/sub`, `${lab.home}/link`], { env: lab.env });
  const env = { ...lab.env, AWS_PROFILE: "none", PATH: path(lab) };
  const ended = await run(process.execPath, [awsmfa, "session", "x"], { env, cwd: lab.home });
  expect(ended).toMatchObject({ code: 0, stdout: `${expected}\n`, stderr: "" });
});

test("a wrapper that only speaks of us in a comment is a real aws", async () => {
  await using lab = await startLab();
  const env = lab.fakeAws('# see the docs of awsmfa: my session helper\necho "real"');
  const ended = await runAwsmfa(["session", "x"], { env: { ...env, AWS_PROFILE: "none" } });
  expect(ended).toMatchObject({ code: 0, stdout: "real\n" });
});

test.each(["0277", "0177", "0777"])("under umask %s the store can be used later", async (umask) => {
  await using lab = await startLab();
  lab.fakeAws("echo ran");
  const env = { ...lab.env, AWS_MFA_TOKEN: lab.sandbox.freshCode("alice") };
  await bash(lab, `umask ${umask}; ${awsmfaCommand} session x`, env);
  const modes = await bash(lab, `stat -c %a "$HOME"/.aws/aws-mfa-secure-sessions{,/dev}`);
  expect(modes.stdout).toBe("700\n600\n");
});

test("with an empty HOME the locks lie in one place, whatever the current folder", async () => {
  await using lab = await startLab();
  lab.fakeAws("echo ran");
  const credentials = `${lab.home}/.aws/credentials`;
  const env = {
    ...lab.env,
    AWS_CONFIG_FILE: `${lab.home}/.aws/config`,
    AWS_SHARED_CREDENTIALS_FILE: credentials,
    XDG_CACHE_HOME: "relative",
    AWS_MFA_TOKEN: "000000",
  };
  writeFileSync(`${lab.home}/marker`, "");
  await run(process.execPath, [awsmfa, "session", "x"], { env, cwd: lab.home });
  const found = await bash(lab, 'find "$HOME" -name locks');
  expect(found.stdout).toBe(`${lab.home}/.cache/awsmfa/locks\n`);
});

test.each([
  ["--help >/dev/full", "255", /^awsmfa: .*ENOSPC/],
  ["--version >/dev/full", "255", /^awsmfa: .*ENOSPC/],
  ["--help | true", "141", /^$/],
])("%s", async (command, status, stderr) => {
  await using lab = await startLab();
  const ended = await bash(lab, `${awsmfaCommand} ${command}; echo "\${PIPESTATUS[0]}"`);
  expect(ended.stdout).toBe(`${status}\n`);
  expect(ended.stderr).toMatch(stderr);
});

test("a waiter with a code of its own does not wait for ever", async () => {
  await using lab = await startLab();
  const holder = shellOnTerminal("awsmfa session s3 ls", lab.env);
  await holder.until(prompt);
  const env = { ...lab.env, AWS_MFA_TOKEN: "000000", AWS_MFA_LOCK_TIMEOUT: "1" };
  const ended = await runAwsmfa(["session", "s3", "ls"], { env });
  expect(ended).toMatchObject({ code: 253, stdout: "" });
  expect(ended.stderr).toMatch(/^awsmfa: another awsmfa \(process \d+\) still asks/);
  holder.type("\x04");
  await sleep(10);
  await holder.ended;
});
