import { chmodSync, lstatSync, mkdirSync, renameSync, rmdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { unprivileged } from "../support/own-mount.ts";
import { startWatchHome, type WatchHome } from "./watch-home.ts";
import type { Watcher } from "./watcher.ts";

// A watcher that has renewed its section, and what becomes of the credentials file then.
vi.setConfig({ maxConcurrency: 6 });

interface Happening {
  readonly home: WatchHome;
  readonly watcher: Watcher;
  /** The file when the section had been written. */
  readonly text: string;
}

interface Case {
  readonly title: string;
  /** What the watcher says of it. */
  readonly says: RegExp;
  /** How many prompts it takes in all: one where the session that is stored will do. */
  readonly prompts?: number;
  /** What it says in the end, where that is not that the section is renewed. */
  readonly ends?: RegExp;
  /** Whether it is left to notice by itself, within ten seconds, instead of being called to look. */
  readonly isLeftAlone?: true;
  /** Gives what the file is to hold above the section; undefined for what it held before. */
  happen(happening: Happening): Promise<string | void>;
}

const isValid = /profile dev-mfa is valid for 1[12] h/;
const noProfile = /profile dev-mfa: there is no profile dev; trying again in [4-6] s\./;
const gettingOne = /profile dev-mfa is not there yet: getting a session for it\./;

/** Whatever stands in the place of the file does so until that is told. */
async function meanwhile({ home, watcher }: Happening, act: (aside: string) => () => void) {
  const aside = join(home.home, "aside");
  const back = act(aside);
  watcher.signal("SIGHUP");
  await watcher.until("trying again in");
  back();
}

const cases: readonly Case[] = [
  {
    title: "deleted and put back",
    says: noProfile,
    ends: isValid,
    happen: (happening) =>
      meanwhile(happening, (aside) => {
        const { path } = happening.home;
        renameSync(path, aside);
        return () => renameSync(aside, path);
      }),
  },
  {
    title: "a folder in its place",
    // As for `aws`, that is none.
    says: noProfile,
    ends: isValid,
    happen: (happening) =>
      meanwhile(happening, (aside) => {
        const { path } = happening.home;
        renameSync(path, aside);
        mkdirSync(path);
        return () => {
          rmdirSync(path);
          renameSync(aside, path);
        };
      }),
  },
  {
    title: "unreadable",
    says: /cannot be read \(EACCES\); trying again in [4-6] s\./,
    ends: isValid,
    happen: (happening) =>
      meanwhile(happening, () => {
        chmodSync(happening.home.path, 0);
        return () => chmodSync(happening.home.path, 0o600);
      }),
  },
  {
    title: "with a line that cannot be read",
    says: /credentials.*line 2.*; trying again in [4-6] s\./,
    ends: isValid,
    happen: (happening) =>
      meanwhile(happening, () => {
        const { home, text } = happening;
        home.write(".aws/credentials", text.replace("\n", "\nneither this nor that\n"));
        return () => home.write(".aws/credentials", text);
      }),
  },
  {
    title: "long-term keys in the section, which are never overwritten",
    says: /profile dev-mfa: .*long-term keys.*; trying again in [4-6] s\./,
    ends: isValid,
    happen: async (happening) => {
      const { home, text, watcher } = happening;
      const long = text.replace(/(\[dev-mfa\]\n)[^]*/, (_, name: string) => {
        const { accessKeyId, secretAccessKey } = home.user;
        return `${name}aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
      });
      await meanwhile(happening, () => {
        home.write(".aws/credentials", long);
        return () => {
          expect(home.text()).toBe(long);
          // Not even where somebody calls for it.
          watcher.signal("SIGUSR1");
        };
      });
      // Nothing is to happen.
      await sleep(1000);
      expect(home.text()).toBe(long);
      home.write(".aws/credentials", text);
    },
  },
  {
    title: "replaced by an editor that knows nothing of the section",
    says: gettingOne,
    isLeftAlone: true,
    happen: async ({ home, text }) => {
      const edited = `# edited\n${text.slice(0, text.indexOf("\n[dev-mfa]"))}[more]\nregion = x`;
      renameSync(home.write("edited", edited), home.path);
      return `${edited}\n`;
    },
  },
  {
    title: "the section removed",
    says: gettingOne,
    happen: async ({ home, text }) => {
      home.write(".aws/credentials", text.slice(0, text.indexOf("\n[dev-mfa]")));
    },
  },
  {
    title: "the session of the section changed",
    says: /the session of profile dev-mfa is .*: (getting|renewing) (one|it)\./,
    happen: async ({ home, text }) => {
      home.write(".aws/credentials", text.replace(/^aws_session_token.*\n/m, ""));
    },
  },
  {
    title: "over, by what the section says",
    says: /the session of profile dev-mfa has expired, or is about to: renewing it\./,
    happen: async ({ home, text }) => {
      home.write(".aws/credentials", text.replace(/^expiration = \d{4}/m, "expiration = 2016"));
    },
  },
  {
    title: "renewed by another process",
    // Nothing is got for it again.
    says: /is renewed: [^\n]*\n[^\n]*profile dev-mfa is valid for \S+ h[^\n]*\n$/,
    ends: /profile dev-mfa is valid for (2 h|1 h 59 min)/,
    happen: async ({ home }) => {
      const suffixes = ["--long-term-suffix", "none", "--short-term-suffix", "mfa"];
      const args = ["--profile", "dev", ...suffixes, "--force", "--duration", "7200"];
      expect(await home.refreshWithCode(args)).toMatchObject({ code: 0 });
    },
  },
  {
    title: "moved, with a link in its place",
    says: /getting a new session for profile dev-mfa, as asked for\./,
    prompts: 3,
    happen: async ({ home, watcher }) => {
      mkdirSync(join(home.home, "dotfiles"));
      renameSync(home.path, join(home.home, "dotfiles/aws"));
      symlinkSync("../dotfiles/aws", home.path);
      watcher.signal("SIGUSR1");
      await watcher.until("is renewed");
      expect(lstatSync(home.path).isSymbolicLink()).toBe(true);
      watcher.signal("SIGUSR1");
    },
  },
];

test.concurrent.each(cases)(
  "$title",
  async ({ says, ends = /is renewed/, prompts = 1, isLeftAlone = false, happen }) => {
    await using home = await startWatchHome();
    const watcher = home.watch(["--profile", "dev"], {}, `${unprivileged} "$@"`);
    await watcher.until("is renewed");
    const text = home.text();
    const above =
      (await happen({ home, watcher, text })) ?? text.slice(0, text.indexOf("\n[dev-mfa]"));
    if (!isLeftAlone) watcher.signal("SIGHUP");
    await watcher.until(ends);
    expect(watcher.stderr).toMatch(says);
    expect(home.text().startsWith(`${above}\n[dev-mfa]\naws_access_key_id = ASIA`)).toBe(true);
    expect(home.prompts()).toHaveLength(prompts);
    expect(await home.arnOf("dev-mfa")).toMatch(/:user\/alice$/);
  },
);
