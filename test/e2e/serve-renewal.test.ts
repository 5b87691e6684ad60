import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { awsmfa } from "../support/commands.ts";
import { onTerminal } from "../support/on-terminal.ts";
import { addRoles } from "../support/role-profiles.ts";
import { runAwsmfa } from "../support/run.ts";
import { changeStored, lasting } from "../support/stored.ts";
import { timeFromNow } from "../support/times.ts";
import { processesOf } from "./processes-of.ts";
import { askEndpoint, startServeHome, type Access, type Answer } from "./serve-home.ts";

/** Sessions of so many seconds; another one is got in half of that time. */
const short = { sessionSeconds: 6 };

/** Asks until the answer is as it should be. */
function askUntil(access: Access, is: (answer: Answer) => boolean): Promise<Answer> {
  const ask = async (): Promise<Answer> => {
    const answer = await askEndpoint(access);
    expect(is(answer)).toBe(true);
    return answer;
  };
  return vi.waitFor(ask, { timeout: 20_000 });
}

/** Waits for another session than this one. */
function another(access: Access, { body }: Answer): Promise<Answer> {
  return askUntil(access, (next) => next.body["AccessKeyId"] !== body["AccessKeyId"]);
}

test.concurrent("askpass: no request meets an error, prompts are as many as sessions", async () => {
  await using home = await startServeHome(short);
  const serving = home.serve(["--profile", "dev"]);
  const access = await serving.access();
  const keys = new Set<string>();
  while (keys.size < 3) {
    const began = performance.now();
    const { status, body } = await askEndpoint(access);
    expect(status).toBe(200);
    expect(performance.now() - began).toBeLessThan(1000);
    expect(Date.parse(body["Expiration"]!)).toBeGreaterThan(Date.now() - 1000);
    keys.add(body["AccessKeyId"]!);
  }
  expect(home.prompts()).toHaveLength(3);
  expect(home.asked()).toHaveLength(3);
  expect(serving.stderr.split("\n")).toHaveLength(3);
});

test.concurrent("mfa_process", async () => {
  await using home = await startServeHome(short);
  const code = home.write("code", home.sandbox.freshCode("alice"));
  home.configure(`[profile auto]\nsource_profile = dev\n`);
  const give = home.program("bin/give", `cat '${code}'; echo x >>'${home.home}/given'`);
  home.write(
    ".aws/config",
    `[profile dev]\nregion = us-east-1\nmfa_serial = ${home.user.serial}\nmfa_process = ${give}\n`,
  );
  const access = await home.serve(["--profile", "dev"], { AWS_MFA_PROMPT: "none" }).access();
  const first = await askEndpoint(access);
  home.write("code", home.sandbox.freshCode("alice"));
  await another(access, first);
  expect(home.prompts()).toEqual([]);
});

test.concurrent("a role takes no code as long as its source has a session", async () => {
  await using home = await startServeHome({ roles: [{ name: "admin", trust: { mfa: true } }] });
  addRoles(home, { admin: {} });
  await home.ask({}, "admin");
  // Somebody has just tried, and failed: it is not tried again at the start.
  changeStored(home, "admin", { ...lasting(3595, 5), renewal_tried: timeFromNow(0) });
  const serving = home.serve(["--profile", "admin"], {
    AWS_MFA_MIN_TTL: "0",
    AWS_MFA_PROMPT: "none",
  });
  const access = await serving.access();
  const first = await askEndpoint(access);
  const next = await another(access, first);
  expect(Date.parse(next.body["Expiration"]!) - Date.now()).toBeGreaterThan(3_500_000);
  expect(home.prompts()).toHaveLength(1);
});

test.concurrent("nobody to ask: said once, and the session goes on to its end", async () => {
  await using home = await startServeHome(short);
  await home.signIn();
  const serving = home.serve(["--profile", "dev"], { AWS_MFA_PROMPT: "none" });
  const access = await serving.access();
  const { body } = await askEndpoint(access);
  await serving.until("the session of profile dev is not renewed: ");
  await serving.until(/Trying again at \d\d:\d\d, and later\.\n/);
  expect(await askEndpoint(access)).toMatchObject({ status: 200, body });
  const failed = await askUntil(access, ({ status }) => status !== 200);
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(body["Expiration"]!));
  expect(failed).toMatchObject({ status: 503, headers: { "cache-control": "no-store" } });
  expect(Object.keys(failed.body)).toEqual(["code", "message"]);
  expect(failed.body["code"]).toMatch(/^[A-Z]\w+$/);
  for (const secret of [access.token, body["Token"]]) {
    expect(JSON.stringify(failed.body)).not.toContain(secret);
  }
  // Another command has the code.
  expect(await home.ask()).toMatchObject({ code: 0 });
  const began = performance.now();
  expect(await askEndpoint(access)).toMatchObject({ status: 200 });
  expect(performance.now() - began).toBeLessThan(500);
  await serving.until("the session of profile dev is renewed.");
  expect(serving.stderr.match(/is not renewed/g)).toHaveLength(1);
  expect(home.prompts()).toHaveLength(2);
});

test.concurrent(
  "nobody to ask while the session may still be used: said before its end",
  async () => {
    await using home = await startServeHome();
    await home.signIn();
    changeStored(home, "dev", lasting(42_000, 8));
    const serving = home.serve(["--profile", "dev"], {
      AWS_MFA_PROMPT: "none",
      AWS_MFA_MIN_TTL: "0",
    });
    const access = await serving.access();
    const first = await askEndpoint(access);
    await serving.until(
      /the session of profile dev ends at \d\d:\d\d, and there is no other one yet\.\n/,
    );
    await serving.until(/Trying again at \d\d:\d\d, and later\.\n/);
    expect(await askEndpoint(access)).toMatchObject({ status: 200, body: first.body });
    const more = { AWS_MFA_MIN_TTL: "1000" };
    expect(
      await runAwsmfa(["exec", "--profile", "dev", "true"], { env: { ...home.env, ...more } }),
    ).toMatchObject({ code: 0 });
    await another(access, first);
    await serving.until("the session of profile dev is renewed.");
  },
);

test.concurrent("AWS is down, and comes back", async () => {
  await using home = await startServeHome(short);
  const serving = home.serve(["--profile", "dev"]);
  const access = await serving.access();
  const first = await askEndpoint(access);
  home.sandbox.trouble.fail({ status: 503, times: Infinity, operation: "GetSessionToken" });
  await serving.until("is not renewed: ");
  expect(await askEndpoint(access)).toMatchObject({ status: 200, body: first.body });
  home.sandbox.trouble.clear();
  await serving.until("is renewed.");
  await another(access, first);
});

test.concurrent(
  "stopped until its session was over, it has the next one for whoever asks first",
  async () => {
    await using home = await startServeHome({ sessionSeconds: 4 });
    const serving = home.serve(["--profile", "dev"]);
    const access = await serving.access();
    const first = await askEndpoint(access);
    serving.signal("SIGSTOP");
    await sleep(4500);
    const next = askEndpoint(access);
    serving.signal("SIGCONT");
    expect(await next).toMatchObject({ status: 200 });
    expect((await next).body["AccessKeyId"]).not.toBe(first.body["AccessKeyId"]);
    expect(serving.stderr).not.toContain("not renewed");
  },
);

test.concurrent("keys of the environment are renewed as such", async () => {
  await using home = await startServeHome(short);
  const { accessKeyId, secretAccessKey, serial } = home.user;
  home.write(".aws/credentials", "");
  home.write(".aws/config", "[default]\nregion = us-east-1\n");
  const serving = home.serve([], {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_MFA_SERIAL: serial,
  });
  const access = await serving.access();
  await another(access, await another(access, await askEndpoint(access)));
  expect(serving.stderr).not.toContain("not renewed");
});

test.concurrent.each([["--token"], ["AWS_MFA_TOKEN"]])(
  "a code by %s is used once; nothing of a renewal is told that is secret",
  async (by) => {
    await using home = await startServeHome(short);
    const codes = [home.sandbox.freshCode("alice")];
    home.answer = () => {
      codes.push(home.sandbox.freshCode("alice"));
      return codes.at(-1)!;
    };
    const token = by === "--token" ? ["--token", codes[0]!] : [];
    const variable: Record<string, string> = by === "--token" ? {} : { [by]: codes[0]! };
    const serving = home.serve(["--profile", "dev", ...token], { AWS_MFA_DEBUG: "1", ...variable });
    const access = await serving.access();
    expect(home.prompts()).toEqual([]);
    const first = await askEndpoint(access);
    const next = await another(access, first);
    expect(home.prompts()).toHaveLength(1);
    expect(home.asked().filter((asked) => asked.endsWith(" 403"))).toEqual([]);
    expect(serving.stderr.match(/debug: /g)?.length).toBeGreaterThan(3);
    const ofSessions = [first, next].flatMap(({ body }) => [
      body["SecretAccessKey"]!,
      body["Token"]!,
    ]);
    const secrets = [...codes, ...ofSessions, access.token, home.user.secretAccessKey];
    expect(secrets.filter((secret) => serving.stderr.includes(secret))).toEqual([]);
  },
);

test.concurrent("a prompt gives way to a command that has a code, which serves both", async () => {
  await using home = await startServeHome({ sessionSeconds: 14 });
  await home.signIn();
  home.answer = () => "hang";
  const serving = home.serve(["--profile", "dev"]);
  const access = await serving.access();
  const first = await askEndpoint(access);
  await vi.waitFor(() => expect(home.prompts()).toHaveLength(2), { timeout: 20_000 });
  expect(await askEndpoint(access)).toMatchObject({ status: 200, body: first.body });
  const more = { AWS_MFA_TOKEN: home.sandbox.freshCode("alice"), AWS_MFA_PROMPT: "none" };
  const command = ["exec", "--profile", "dev", "--", "printenv", "AWS_ACCESS_KEY_ID"];
  const ended = await runAwsmfa(command, { env: { ...home.env, ...more } });
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  const next = await another(access, first);
  expect(`${next.body["AccessKeyId"]}\n`).toBe(ended.stdout);
  expect(home.prompts()).toHaveLength(2);
  await serving.until("was given up: another awsmfa asks for the code.\n");
  expect(serving.stderr).not.toMatch(/no code came|AWS_MFA_ASKPASS/);
});

test.concurrent(
  "on a terminal the command goes on below a prompt, and ^C there ends both",
  async () => {
    await using home = await startServeHome({ sessionSeconds: 8 });
    await home.signIn();
    const loop = "while :; do sleep 0.2; done";
    const args = [awsmfa, "serve", "--profile", "dev", "--", "bash", "-c", `echo begun; ${loop}`];
    const terminal = onTerminal(process.execPath, args, home.atTerminal);
    await terminal.until("begun");
    await terminal.until("MFA code for phone (profile dev): ");
    terminal.type(`${home.sandbox.freshCode("alice")}\r`);
    await vi.waitFor(() => expect(home.asked()).toHaveLength(2), { timeout: 5000 });
    await terminal.until("MFA code for phone (profile dev): ");
    terminal.type("\u0003");
    const { exitCode, signal } = await terminal.ended;
    expect(exitCode === 130 || signal === 2).toBe(true);
    expect(processesOf(home.home)).toEqual([]);
    expect(terminal.shown).not.toContain("not renewed");
  },
);
