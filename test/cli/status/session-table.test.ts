import picocolors from "picocolors";
import { describe, expect, it } from "vitest";
import type { Look } from "../../../src/cli/look.ts";
import { sessionTable } from "../../../src/cli/status/session-table.ts";
import type { SessionSummary } from "../../../src/core/session/session-summary.ts";
import { onScreen } from "../../support/screen.ts";

const now = new Date(2030, 5, 15, 12, 0);
const hours = 3600;

function session(
  profile: string | undefined,
  left: number,
  changes: Partial<SessionSummary> = {},
): SessionSummary {
  return {
    fileName: profile ?? "%%keys-x",
    profile,
    kind: "mfa",
    role: undefined,
    source: undefined,
    parent: undefined,
    device: "phone",
    serial: undefined,
    account: "123456789012",
    key: "MPLE",
    issued: undefined,
    expiration: new Date(now.getTime() + left * 1000),
    secondsLeft: Math.max(0, left),
    fractionLeft: Math.max(0, left) / (12 * hours),
    usable: left > 300,
    active: false,
    ...changes,
  };
}

function look(width: number, changes: { unicode?: boolean; colors?: boolean } = {}): Look {
  const { unicode = true, colors = false } = changes;
  return { width, unicode, colors: picocolors.createColors(colors) };
}

const table = (sessions: readonly SessionSummary[], at: Look): string =>
  sessionTable(sessions, now, at).join("\n");

const usual = [
  session("dev", 9.2 * hours, { active: true }),
  session("old", -15 * hours),
  session("prod", 250, { device: "yubikey", account: "210987654321" }),
  session("staging", 0.7 * hours),
];

const gem = { device: undefined, account: undefined, key: undefined };

/** A role that hangs on a session. */
const role = (
  profile: string,
  parent: string,
  left: number,
  changes: Partial<SessionSummary> = {},
) => session(profile, left, { kind: "role", role: "arn", source: parent, parent, ...changes });

/** In the order of the tree. */
const roles = [
  session("dev", 9.2 * hours),
  role("admin", "dev", 0.9 * hours, { active: true }),
  role("deploy", "dev", 0.5 * hours),
  role("vault", "deploy", 0.05 * hours, { account: "210987654321" }),
  role("vault-of-a-customer", "deploy", -60),
  role("deep", "vault-of-a-customer", 0.5 * hours),
  role("readonly", "dev", 0.2 * hours),
  session("old", -15 * hours),
  role("organisation-production-administrator", "old", 0.5 * hours),
  session("solo", 1.8 * hours, { kind: "role", role: "arn" }),
];

const odd = [
  session("organisation-production-eu-central-1-administrator", 2 * hours, {
    device: "someone.with.a.long.name@example.com",
  }),
  session("日本語プロファイル本番環境", 11 * hours, { device: "携帯電話" }),
  session("a\u001b[31mb\u202e\nc\u0085", 0.5 * hours, { device: undefined }),
  session("", 100),
  session("gem", 48 * hours, gem),
  session(undefined, 35.5 * hours, { key: "M\u001bLE" }),
  session(undefined, 200 * 24 * hours, { ...gem, fileName: "%profile-0a1b2c\u001bd4e5f" }),
];

describe("the table", () => {
  it("at 80 columns", () => {
    expect(table(usual, look(80))).toMatchInlineSnapshot(`
      "  PROFILE  DEVICE   ACCOUNT       KIND  TIME LEFT                      UNTIL
      ● dev      phone    123456789012  MFA   █████████████░░░░  9 h 12 min  21:12
        old      phone    123456789012  MFA   ░░░░░░░░░░░░░░░░░     expired  Fri 21:00
        prod     yubikey  210987654321  MFA   █░░░░░░░░░░░░░░░░       4 min  12:04
        staging  phone    123456789012  MFA   █░░░░░░░░░░░░░░░░      42 min  12:42"
    `);
  });

  it("at 40 columns", () => {
    expect(table(usual, look(40))).toMatchInlineSnapshot(`
      "  PROFILE  DEVICE   TIME LEFT
      ● dev      phone    ██████░░  9 h 12 min
        old      phone    ░░░░░░░░     expired
        prod     yubikey  █░░░░░░░       4 min
        staging  phone    █░░░░░░░      42 min"
    `);
  });

  it("in ASCII", () => {
    expect(table(usual, look(60, { unicode: false }))).toMatchInlineSnapshot(`
      "  PROFILE  DEVICE   ACCOUNT       TIME LEFT
      * dev      phone    123456789012  ###########---  9 h 12 min
        old      phone    123456789012  --------------     expired
        prod     yubikey  210987654321  #-------------       4 min
        staging  phone    123456789012  #-------------      42 min"
    `);
  });

  it("with odd names at 80 columns", () => {
    expect(table(odd, look(80))).toMatchInlineSnapshot(`
      "  PROFILE                    DEVICE            ACCOUNT       TIME LEFT
        organisation…dministrator  someone.…ple.com  123456789012  █░░░░░          2 h
        日本語プロフ…イル本番環境  携帯電話          123456789012  ██████         11 h
        a?[31mb??c?                                  123456789012  █░░░░░       30 min
        ""                         phone             123456789012  █░░░░░        1 min
        gem                                                        ██████          2 d
        (key …M?LE)                phone             123456789012  ██████  35 h 30 min
        (%profile-0a1b2c?d4e5f)                                    ██████        200 d"
    `);
  });

  it("with odd names at 40 columns", () => {
    expect(table(odd, look(40))).toMatchInlineSnapshot(`
      "  PROFILE            TIME LEFT
        organisa…istrator  █░░░░░          2 h
        日本語プ…本番環境  ██████         11 h
        a?[31mb??c?        █░░░░░       30 min
        ""                 █░░░░░        1 min
        gem                ██████          2 d
        (key …M?LE)        ██████  35 h 30 min
        (%profil…c?d4e5f)  ██████        200 d"
    `);
  });

  it("of files of the gem alone: nothing stands in columns that would be empty", () => {
    expect(table([session("dev", 9 * hours, gem)], look(80))).toMatchInlineSnapshot(`
      "  PROFILE  KIND  TIME LEFT                   UNTIL
        dev      MFA   ███████████████░░░░░   9 h  21:00"
    `);
  });
});

describe("roles, below what they hang on,", () => {
  it("at 80 columns", () => {
    expect(table(roles, look(80))).toMatchInlineSnapshot(`
      "  PROFILE                    DEVICE  ACCOUNT       TIME LEFT           UNTIL
        dev                        phone   123456789012  █████░  9 h 12 min  21:12
      ● ├ admin                    phone   123456789012  █░░░░░      54 min  12:54
        ├ deploy                   phone   123456789012  █░░░░░      30 min  12:30
        │ ├ vault                  phone   210987654321  █░░░░░       3 min  12:03
        │ └ vault-of-a-customer    phone   123456789012  ░░░░░░     expired  11:59
        │   └ deep                 phone   123456789012  █░░░░░      30 min  12:30
        └ readonly                 phone   123456789012  █░░░░░      12 min  12:12
        old                        phone   123456789012  ░░░░░░     expired  Fri 21:00
        └ organisatio…ministrator  phone   123456789012  █░░░░░      30 min  12:30
        solo                       phone   123456789012  █░░░░░  1 h 48 min  13:48"
    `);
  });

  it("at 40 columns", () => {
    expect(table(roles, look(40))).toMatchInlineSnapshot(`
      "  PROFILE             TIME LEFT
        dev                 █████░  9 h 12 min
      ● ├ admin             █░░░░░      54 min
        ├ deploy            █░░░░░      30 min
        │ ├ vault           █░░░░░       3 min
        │ └ vault-o…stomer  ░░░░░░     expired
        │   └ deep          █░░░░░      30 min
        └ readonly          █░░░░░      12 min
        old                 ░░░░░░     expired
        └ organisa…strator  █░░░░░      30 min
        solo                █░░░░░  1 h 48 min"
    `);
  });

  it("at 20 columns", () => {
    expect(table(roles, look(20))).toMatchInlineSnapshot(`
      "  PRO…LE        LEFT
        dev     9 h 12 min
      ● ├ ad…n      54 min
        ├ de…y      30 min
        │ va…t       3 min
        │ va…r     expired
        │ deep      30 min
        └ re…y      12 min
        old        expired
        └ or…r      30 min
        solo    1 h 48 min"
    `);
  });

  it("in ASCII", () => {
    expect(table(roles, look(80, { unicode: false }))).toMatchInlineSnapshot(`
      "  PROFILE                    DEVICE  ACCOUNT       TIME LEFT           UNTIL
        dev                        phone   123456789012  #####-  9 h 12 min  21:12
      * +- admin                   phone   123456789012  #-----      54 min  12:54
        +- deploy                  phone   123456789012  #-----      30 min  12:30
        |  +- vault                phone   210987654321  #-----       3 min  12:03
        |  \`- vault-of-a-customer  phone   123456789012  ------     expired  11:59
        |     \`- deep              phone   123456789012  #-----      30 min  12:30
        \`- readonly                phone   123456789012  #-----      12 min  12:12
        old                        phone   123456789012  ------     expired  Fri 21:00
        \`- organisatio~inistrator  phone   123456789012  #-----      30 min  12:30
        solo                       phone   123456789012  #-----  1 h 48 min  13:48"
    `);
  });

  it("the active one is bold, its branch is not", () => {
    const [, , line] = sessionTable(roles, now, look(80, { colors: true }));
    expect(line).toMatch(/^\u001b\[32m● \u001b\[39m├ \u001b\[1madmin +\u001b\[22m {2}phone/);
  });

  it.each<[what: string, row: SessionSummary, colour: number]>([
    ["an hour of a session", session("dev", 3599), 33],
    ["more", session("dev", 3600), 32],
    ["an hour of a role that is made anew without a code", role("admin", "dev", 3599), 32],
    ["an hour of one that takes a code", session("solo", 3599, { kind: "role" }), 33],
    ["too little of a role", role("admin", "dev", 290), 31],
  ])("%s: its own colour", (_what, row, colour) => {
    const [, line] = sessionTable([row], now, look(80, { colors: true }));
    expect(line).toContain(`\u001b[${colour}m█`);
  });
});

const thirty = Array.from({ length: 30 }, (_, index) =>
  session(`team-${"x".repeat(index)}-${index}`, index * 1500 - 3000),
);

describe.each([
  ["usual", usual],
  ["odd", odd],
  ["roles among the", roles],
  ["thirty", thirty],
])("%s sessions", (_name, sessions) => {
  const widths = Array.from({ length: 140 }, (_, index) => index + 20);

  it("fit at every width: no line is broken by the terminal, none ends in spaces", async () => {
    for (const width of widths) {
      const lines = sessionTable(sessions, now, look(width, { colors: true }));
      const screen = await onScreen(lines.join("\r\n"), width);
      expect(screen.brokenLines, `at ${width} columns`).toBe(0);
      expect(screen.lines).toHaveLength(sessions.length + 1);
      const plain = sessionTable(sessions, now, look(width));
      expect(plain.filter((line) => /\s$/.test(line))).toEqual([]);
    }
  });

  it("have their columns below each other", async () => {
    for (const width of widths) {
      const lines = sessionTable(sessions, now, look(width));
      const screen = await onScreen(lines.join("\r\n"), width);
      const starts = screen.cellRows
        .slice(1)
        .map((cells) => cells.findIndex((c) => /[█░]/.test(c)));
      expect(new Set(starts).size, `at ${width} columns`).toBe(1);
    }
  });
});
