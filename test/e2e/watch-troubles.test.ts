import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server } from "node:net";
import { expect, test, vi } from "vitest";
import { expectNoSecrets } from "./expect-no-secrets.ts";
import { keysSection } from "../support/lab.ts";
import { startWatchHome, type WatchHome } from "./watch-home.ts";

// Most of the time of these goes by between two attempts: they wait side by side.
vi.setConfig({ maxConcurrency: 30 });

/** What keeps a section from being renewed, and how often. */
interface Case {
  readonly title: string;
  /** What the watcher says of it. */
  readonly says: RegExp;
  /** How many prompts it takes in all. */
  readonly prompts: number;
  readonly args?: readonly string[];
  prepare(home: WatchHome): void;
}

/** Askpass does these one after the other, and gives a right code then. */
function first(home: WatchHome, ...answers: (string | (() => string))[]): void {
  const right = home.answer;
  const left = [...answers];
  home.answer = () => {
    const next = left.shift();
    if (next === undefined) return right();
    return typeof next === "string" ? next : next();
  };
}

const wrong = (home: WatchHome) => () => home.sandbox.wrongCode("alice");
const inShort = ["--prompt-timeout", "2"];

const cases: readonly Case[] = [
  {
    title: "askpass hangs",
    says: /no code came from \S+askpass \(no answer within 2 s\)\.\n.*no MFA code for phone .*; trying again in 1[2-8] s\.\n/,
    prompts: 2,
    args: inShort,
    prepare: (home) => first(home, "hang"),
  },
  {
    title: "askpass hangs, and cannot be told to end",
    says: /no answer within 2 s\)\.\n.*; trying again in 1[2-8] s\.\n/,
    prompts: 2,
    args: inShort,
    prepare: (home) => first(home, "stubborn"),
  },
  {
    title: "askpass fails, as where somebody has cancelled it",
    says: /no code came from \S+askpass \(exit status 1\)\.\n.*; trying again in 1[2-8] s\.\n/,
    prompts: 2,
    prepare: (home) => first(home, "fail"),
  },
  {
    title: "askpass prints rubbish",
    says: /(.*a code is six digits\.\n){3}.*is renewed/,
    prompts: 4,
    prepare: (home) => first(home, "no", "12345", "\u001b[31m١٢٣٤٥٦"),
  },
  {
    title: "askpass prints nothing but rubbish",
    says: /(.*a code is six digits\.\n){10}.*no MFA code .*; trying again in 1[2-8] s\.\n/,
    prompts: 11,
    prepare: (home) => first(home, ...Array<string>(10).fill("rubbish")),
  },
  {
    title: "a wrong code",
    says: /that code is wrong or already used: wait for the next code\.\n.*is renewed/,
    prompts: 2,
    prepare: (home) => first(home, wrong(home)),
  },
  {
    title: "three wrong codes",
    says: /(.*that code is wrong .*\n){2}.*AccessDenied.*; trying again in 1[2-8] s\.\n/,
    prompts: 4,
    // Three different ones: the same one is not sent twice.
    prepare: (home) => first(home, "000001", "000002", "000003"),
  },
  {
    title: "AWS fails three times",
    says: /ServiceUnavailable.*; trying again in [4-6] s\.\n/,
    prompts: 1,
    prepare: ({ sandbox }) => sandbox.trouble.fail({ times: 4, status: 503 }),
  },
  {
    title: "AWS hangs up",
    says: /; trying again in [4-6] s\.\n/,
    prompts: 1,
    prepare: ({ sandbox }) => sandbox.trouble.drop("before", { times: 4 }),
  },
  {
    title: "AWS throttles",
    says: /Throttling.*; trying again in [4-6] s\.\n/,
    prompts: 1,
    prepare: ({ sandbox }) => sandbox.trouble.throttle({ times: 4 }),
  },
  {
    title: "a portal of the network answers instead",
    says: /; trying again in [4-6] s\.\n/,
    prompts: 1,
    prepare: ({ sandbox }) =>
      sandbox.trouble.fail({ times: 2, status: 200, body: "<html>Please sign in</html>" }),
  },
  {
    title: "AWS fails when it has the code",
    // Somebody has answered in vain: they are not asked again as soon as AWS is.
    says: /ServiceUnavailable.*; trying again in 1[2-8] s\.\n/,
    prompts: 2,
    prepare: ({ sandbox }) => sandbox.trouble.fail({ status: 503, operation: "GetSessionToken" }),
  },
  {
    title: "the answer to the code is lost",
    says: /; trying again in 1[2-8] s\.\n/,
    prompts: 2,
    prepare: ({ sandbox }) =>
      sandbox.trouble.drop("after", { times: 1, operation: "GetSessionToken" }),
  },
  {
    title: "AWS refuses this user a session for a while",
    says: /AccessDenied.*; trying again in (4|5|6) min\.\n/,
    prompts: 2,
    prepare: ({ sandbox }) => {
      const message = "User: alice is not authorized to perform: sts:GetSessionToken";
      sandbox.trouble.fail({
        status: 403,
        code: "AccessDenied",
        message,
        operation: "GetSessionToken",
      });
    },
  },
];

test.concurrent.each(cases)("$title: then it is fresh", async (each) => {
  await using home = await startWatchHome();
  const before = home.text();
  each.prepare(home);
  const watcher = home.watch(["--profile", "dev", ...(each.args ?? [])]);
  if (each.title.startsWith("AWS refuses")) {
    await watcher.until("trying again");
    // Nobody waits for that long: it asks when it is called.
    watcher.signal("SIGUSR1");
  }
  await watcher.until("is renewed", 45);
  expect(watcher.stderr).toMatch(each.says);
  expect(home.prompts()).toHaveLength(each.prompts);
  expect(home.text().startsWith(`${before}\n[dev-mfa]\n`)).toBe(true);
  expect(await home.arnOf("dev-mfa")).toMatch(/:user\/alice$/);
  expectNoSecrets(home, watcher.stdout, watcher.stderr);
});

test.concurrent("a code that was given in vain is not asked for again at once", async () => {
  await using home = await startWatchHome();
  // Nothing can be stored, and what is asked for may not be written any more.
  home.write(".aws/aws-mfa-secure-sessions", "a file in its place");
  const before = home.text();
  const right = home.answer;
  home.answer = () => {
    home.write(".aws/credentials", `${before}${keysSection("dev-mfa", home.user)}`);
    return right();
  };
  const watcher = home.watch(["--profile", "dev"]);
  await watcher.until(/holds long-term keys .*; trying again in 1[2-8] s\.\n/);
  home.answer = right;
  home.write(".aws/credentials", before);
  watcher.signal("SIGHUP");
  const started = performance.now();
  await watcher.until("is renewed", 40);
  expect(performance.now() - started).toBeGreaterThan(8000);
  expect(home.prompts()).toHaveLength(2);
});

test.concurrent("AWS is not there for three attempts: nobody is asked until it is", async () => {
  await using home = await startWatchHome();
  const before = home.text();
  let way = await startWay(home, 0);
  const { port } = way.address() as AddressInfo;
  way.close();
  const watcher = home.watch(["--profile", "dev", "--json"], {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
  });
  await watcher.until('"event":"trouble"');
  // The attempts that follow are not told of: it is the same still.
  const started = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 14_000));
  expect([home.prompts(), home.sandbox.calls.length, home.text()]).toEqual([[], 0, before]);
  way = await startWay(home, port);
  await watcher.until('"event":"renewed"', 40);
  expect(performance.now() - started).toBeLessThan(60_000);
  way.close();
  expect(home.prompts()).toHaveLength(1);
  const kinds = watcher.events().map(({ event }) => event);
  expect(kinds.filter((kind) => kind !== "due")).toEqual(["trouble", "renewed"]);
  expectNoSecrets(home, watcher.stdout, watcher.stderr);
});

/** The way to the sandbox, which may be closed. */
async function startWay({ sandbox }: WatchHome, port: number): Promise<Server> {
  const server = createServer((socket) => {
    const there = connect(Number(new URL(sandbox.url).port), "127.0.0.1");
    for (const end of [socket, there]) end.on("error", () => undefined);
    socket.pipe(there).pipe(socket);
  });
  await once(server.listen(port, "127.0.0.1"), "listening");
  return server;
}
