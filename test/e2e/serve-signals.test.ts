import { chmodSync } from "node:fs";
import { connect } from "node:net";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { shellOnTerminal } from "../support/on-terminal.ts";
import { processesOf } from "./processes-of.ts";
import { askEndpoint, startServeHome, type ServeHome, type Serving } from "./serve-home.ts";

/** Serves `dev`, whose session is there, to a shell script. */
function serveTo(home: ServeHome, script: string, more = {}, by?: string): Serving {
  return home.serve(["--profile", "dev", "--", "/bin/sh", "-c", script], more, by);
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  return once(socket, "connect").then(
    () => (socket.destroy(), true),
    () => false,
  );
}

function nothingLeft(home: ServeHome): Promise<void> {
  return vi.waitFor(() => expect(processesOf(home.home)).toEqual([]), { timeout: 3000 });
}

/** A prompt that nobody answers is open while `serving` goes on. */
async function untilAsked(home: ServeHome): Promise<void> {
  await vi.waitFor(() => expect(home.prompts()).toHaveLength(2), { timeout: 20_000 });
}

test.concurrent("it ends as its command ends", async () => {
  await using home = await startServeHome();
  await home.signIn();
  const ends = ["exit 0", "exit 7", "exit 255", "kill -TERM $$", "kill -INT $$", "kill -KILL $$"];
  const got = await Promise.all(ends.map((script) => serveTo(home, script).ended));
  expect(got).toEqual([0, 7, 255, "SIGTERM", "SIGINT", "SIGKILL"]);
  await nothingLeft(home);
});

test.concurrent("a command that cannot be run: nobody is asked", async () => {
  await using home = await startServeHome();
  chmodSync(home.write("plain", "x"), 0o644);
  const ends = ["no-such-command", `${home.home}/plain`, home.home];
  const all = ends.map((command) => home.serve(["--profile", "dev", "--", command]));
  expect(await Promise.all(all.map(({ ended }) => ended))).toEqual([127, 126, 126]);
  expect(home.prompts()).toEqual([]);
});

test.concurrent("stdin, stdout and other descriptors are the command's", async () => {
  await using home = await startServeHome();
  await home.signIn();
  home.write("three", "from three\n");
  const by = `head -c 300000 /dev/zero | "$@" 3<'${home.home}/three'`;
  const serving = serveTo(home, "wc -c; cat <&3; echo said >&2", {}, by);
  expect(await serving.ended).toBe(0);
  expect(serving.stdout).toBe("300000\nfrom three\n");
  expect(serving.stderr).toBe("said\n");
});

test.concurrent.each(["SIGTERM", "SIGHUP", "SIGINT"] as const)(
  "%s for it alone reaches its command, and ends both",
  async (signal) => {
    await using home = await startServeHome();
    await home.signIn();
    const serving = serveTo(home, "echo begun; exec sleep 987");
    await serving.until("begun");
    serving.signal(signal);
    expect(await serving.ended).toBe(signal);
    await nothingLeft(home);
  },
);

test.concurrent("a command may see to a signal itself", async () => {
  await using home = await startServeHome();
  await home.signIn();
  const script = "trap 'echo bye; exit 3' TERM; echo begun; while :; do sleep 0.05; done";
  const serving = serveTo(home, script);
  await serving.until("begun");
  serving.signal("SIGTERM");
  expect(await serving.ended).toBe(3);
  expect(serving.stdout).toBe("begun\nbye\n");
});

test.concurrent("^C ends a shell's loop", async () => {
  await using home = await startServeHome();
  await home.signIn();
  const script = `while :; do awsmfa serve --profile dev -- /bin/sh -c 'echo begun; exec sleep 987'; done; echo never`;
  const terminal = shellOnTerminal(script, home.env);
  await terminal.until("begun");
  terminal.type("\x03");
  const { exitCode, signal } = await terminal.ended;
  expect(exitCode === 130 || signal === 2).toBe(true);
  expect(terminal.shown).not.toMatch(/begun[^]*begun|never/);
});

describe("while somebody is asked for the next code", () => {
  const short = { sessionSeconds: 8 };

  test.concurrent.each<[end: string, how: number | NodeJS.Signals]>([
    ["exit 5", 5],
    ["kill -TERM $$", "SIGTERM"],
  ])("a command that ends (%s) takes the prompt along", async (end, how) => {
    await using home = await startServeHome(short);
    await home.signIn();
    home.answer = () => "hang";
    const go = `${home.home}/go`;
    const serving = serveTo(home, `until [ -e '${go}' ]; do sleep 0.05; done; ${end}`);
    await untilAsked(home);
    home.write("go", "");
    const began = performance.now();
    expect(await serving.ended).toBe(how);
    expect(performance.now() - began).toBeLessThan(2500);
    await nothingLeft(home);
    expect(serving.stderr).toBe("");
  });

  test.concurrent(
    "a second profile that waits for its turn is not asked for any more",
    async () => {
      await using home = await startServeHome({ sessionSeconds: 6 });
      home.configure(`[profile twin]\nregion = us-east-1\nmfa_serial = ${home.user.serial}\n`);
      home.write(
        ".aws/credentials",
        ["dev", "twin"]
          .map(
            (name) =>
              `[${name}]\naws_access_key_id = ${home.user.accessKeyId}\naws_secret_access_key = ${home.user.secretAccessKey}\n`,
          )
          .join(""),
      );
      const serving = home.serve(["--profile", "dev", "--profile", "twin"]);
      const { token, url } = await serving.access();
      const before = home.prompts().length;
      home.answer = () => "hang";
      await vi.waitFor(() => expect(home.prompts().length).toBe(before + 1), { timeout: 10_000 });
      // Its session ends while the first one is asked for.
      await sleep(4000);
      const asked = askEndpoint({ token, url: url.replace("dev", "twin") }).catch(() => undefined);
      await sleep(300);
      serving.signal("SIGTERM");
      expect(await serving.ended).toBe("SIGTERM");
      await asked;
      await nothingLeft(home);
      expect(home.prompts()).toHaveLength(before + 1);
    },
  );

  test.concurrent("killed by force it leaves no prompt", async () => {
    await using home = await startServeHome(short);
    await home.signIn();
    home.answer = () => "hang";
    const serving = home.serve(["--profile", "dev"]);
    await serving.access();
    await untilAsked(home);
    serving.signal("SIGKILL");
    expect(await serving.ended).toBe("SIGKILL");
    await nothingLeft(home);
  });

  test.concurrent("^C on an endpoint without a command ends it", async () => {
    await using home = await startServeHome(short);
    await home.signIn();
    home.answer = () => "stubborn";
    const serving = home.serve(["--profile", "dev"]);
    await serving.access();
    await untilAsked(home);
    serving.signal("SIGINT");
    expect(await serving.ended).toBe("SIGINT");
    await nothingLeft(home);
  });
});

test.concurrent.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "without a command %s ends it, and its port is closed",
  async (signal) => {
    await using home = await startServeHome();
    await home.signIn();
    const serving = home.serve(["--profile", "dev"]);
    const { port } = await serving.access();
    expect(await isOpen(port)).toBe(true);
    serving.signal(signal);
    expect(await serving.ended).toBe(signal);
    expect(await isOpen(port)).toBe(false);
  },
);

test.concurrent("^C at the first prompt: nothing is served, nothing is printed", async () => {
  await using home = await startServeHome();
  const terminal = shellOnTerminal(
    'awsmfa serve --profile dev -- echo ran; echo "status $?"',
    home.atTerminal,
  );
  await terminal.until("MFA code for phone (profile dev): ");
  terminal.type("\x03");
  const { exitCode, signal } = await terminal.ended;
  expect(exitCode === 130 || signal === 2).toBe(true);
  expect(terminal.shown).not.toContain("ran");
});
