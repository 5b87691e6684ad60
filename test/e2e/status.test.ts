import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { awsmfa } from "../support/commands.ts";
import { keysSection, startLab, type Lab } from "../support/lab.ts";
import { plant, plantGemFile, plantRole } from "../support/plant.ts";
import { addRoles, type Settings } from "../support/role-profiles.ts";
import { run, runAwsmfa } from "../support/run.ts";

type Env = Readonly<Record<string, string>>;

interface Told {
  readonly code: number | null;
  /** For people, on a wide screen. */
  readonly text: string;
  /** Its last line: how things stand. */
  readonly sentence: string;
  readonly active: { profile: string | null; usable: boolean };
  readonly sessions: readonly Record<string, unknown>[];
}

/** Runs it for people and for programs, and holds it to what it promises always. */
async function status(lab: Lab, env: Env = lab.env, args: readonly string[] = []): Promise<Told> {
  const before = { tree: treeOf(lab.home), calls: lab.sandbox.calls.length };
  const wide = { ...env, COLUMNS: "400" };
  const plain = await runAwsmfa(["status", ...args], { env: wide });
  const json = await runAwsmfa(["status", "--json", ...args], { env: wide });
  expect({ tree: treeOf(lab.home), calls: lab.sandbox.calls.length }).toEqual(before);
  expect([plain.stderr, json.stderr, json.code]).toEqual(["", "", plain.code]);
  expectNoSecrets(lab, plain.stdout + json.stdout);
  const { active, sessions } = JSON.parse(json.stdout) as Pick<Told, "active" | "sessions">;
  expect(active.usable).toBe(plain.code === 0);
  const sentence = plain.stdout.trimEnd().split("\n").at(-1) ?? "";
  return { code: plain.code, text: plain.stdout, sentence, active, sessions };
}

/** Every file below the home: its mode, when it was written, and what is in it. */
function treeOf(home: string): string[] {
  return readdirSync(home, { recursive: true, encoding: "utf8" })
    .toSorted()
    .map((path) => {
      const stat = statSync(join(home, path));
      const content = stat.isFile() ? readFileSync(join(home, path)) : "";
      const hash = createHash("sha256").update(content).digest("hex");
      return `${path} ${stat.mode.toString(8)} ${stat.mtimeMs} ${hash}`;
    });
}

function expectNoSecrets({ home, sandbox }: Lab, output: string): void {
  const files = readdirSync(join(home, ".aws"), { recursive: true, encoding: "utf8" })
    .map((path) => join(home, ".aws", path))
    .filter((path) => statSync(path).isFile());
  const pattern = /(?:secret_access_key|session_token)"?(?: = |: ")([^\s"]+)/g;
  const secrets = files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(pattern)].map(([, secret = ""]) => secret),
  );
  expect(secrets).toContain(sandbox.user("alice").secretAccessKey);
  for (const secret of secrets) expect(output).not.toContain(secret);
  expect(output).not.toMatch(/A[KS]IA[A-Z0-9]{4}/);
}

function environmentKeys({ env, sandbox }: Lab): Env {
  const { accessKeyId, secretAccessKey } = sandbox.user("alice");
  return { ...env, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
}

/** A shell that has evaluated `exports` while the store held this. */
async function exported(lab: Lab): Promise<Env> {
  const { stdout } = await runAwsmfa(["exports", "--format", "json"], { env: lab.env });
  return { ...lab.env, ...(JSON.parse(stdout) as Record<string, string>) };
}

const clock = /\b(?:[A-Z][a-z]{2} )?\d\d:\d\d\b/g;

interface Case {
  readonly title: string;
  readonly code: 0 | 1;
  /** With `CLOCK` for the time. */
  readonly sentence: string;
  /** Sets the scene; gives the environment, where it is another one. */
  readonly scene?: (lab: Lab) => Env | void | Promise<Env | void>;
  readonly args?: readonly string[];
  /** `active.profile`; `dev` by default. */
  readonly profile?: string | null;
  /** The profiles of the sessions that are listed, the active one with a star. */
  readonly listed?: readonly (string | null)[];
}

const asks = "no usable session; the next aws command asks for a code.";
const lasts = "session until CLOCK";
const withoutMfa =
  "no mfa_serial in the role profile, nor in any source_profile of it (profile admin)";

function assumesWith(owner: string): string {
  const source = owner === "" ? "a stored session" : `that of profile ${owner}`;
  return `no usable role session; the next aws command gets one with ${source} (until CLOCK).`;
}

const cases: readonly Case[] = [
  {
    title: "a session in the store",
    code: 0,
    sentence: `Profile dev (active): ${lasts}.`,
    scene: (lab) => lab.signIn(),
    listed: ["dev*"],
  },
  { title: "an empty store", code: 1, sentence: `Profile dev (active): ${asks}`, listed: [] },
  {
    title: "a session near its end",
    code: 1,
    sentence: `Profile dev (active): ${asks}`,
    scene: (lab) => plant(lab, "dev", { left: 290 }),
    listed: ["dev"],
  },
  {
    title: "a short session, of which more than half is left",
    code: 0,
    sentence: `Profile dev (active): ${lasts}.`,
    scene: (lab) => plant(lab, "dev", { left: 290, age: 200 }),
    listed: ["dev*"],
  },
  {
    title: "as much as AWS_MFA_MIN_TTL wants",
    code: 1,
    sentence: `Profile dev (active): ${asks}`,
    scene(lab) {
      plant(lab, "dev", { left: 3000 });
      return { ...lab.env, AWS_MFA_MIN_TTL: "3600" };
    },
    listed: ["dev"],
  },
  {
    title: "a session that has expired",
    code: 1,
    sentence: `Profile dev (active): ${asks}`,
    scene: (lab) => plant(lab, "dev", { left: -5 }),
    listed: ["dev"],
  },
  {
    title: "the session of another device",
    code: 1,
    sentence: `Profile dev (active): ${asks}`,
    scene: (lab) => plant(lab, "dev", { serial: "GAHT12345678" }),
    listed: ["dev"],
  },
  {
    title: "another profile with the same keys",
    code: 0,
    sentence: `Profile twin (active): ${lasts}, shared with profile dev.`,
    scene: async (lab) => {
      await lab.signIn();
      addProfile(lab, "twin");
      return { ...lab.env, AWS_PROFILE: "twin" };
    },
    profile: "twin",
    listed: ["dev*"],
  },
  {
    title: "a profile and its copy",
    code: 0,
    sentence: `Profile twin (active): ${lasts}.`,
    scene: async (lab) => {
      await lab.signIn();
      addProfile(lab, "twin");
      await lab.signIn({ AWS_PROFILE: "twin" });
      return { ...lab.env, AWS_PROFILE: "twin" };
    },
    profile: "twin",
    listed: ["dev", "twin*"],
  },
  {
    title: "a file of the Ruby gem",
    code: 0,
    sentence: `Profile dev (active): ${lasts}.`,
    scene(lab) {
      ageAwsFiles(lab);
      plantGemFile(lab, "dev", 3600);
    },
    listed: ["dev*"],
  },
  {
    title: "a file of the Ruby gem that is older than the AWS files",
    code: 1,
    sentence: `Profile dev (active): ${asks}`,
    scene(lab) {
      plantGemFile(lab, "dev", 3600);
      utimesSync(join(lab.store, "dev"), 1e9, 1e9);
    },
    listed: ["dev"],
  },
  {
    title: "a profile without MFA",
    code: 1,
    sentence: "Profile plain (active): no MFA session; the profile has no access keys.",
    scene: (lab) => {
      plant(lab, "dev", {});
      lab.write(".aws/config", "[profile plain]\nregion = us-east-1\n");
      return { ...lab.env, AWS_PROFILE: "plain" };
    },
    profile: "plain",
    listed: ["dev"],
  },
  {
    title: "nothing at all that is configured",
    code: 1,
    sentence:
      "Profile default (active): no MFA session; no profile is named, and there is none called default.",
    scene: ({ env }) => without(env, "AWS_PROFILE"),
    profile: "default",
    listed: [],
  },
  {
    title: "a profile that is not there",
    code: 1,
    sentence: "Profile ty?po (active): no MFA session; there is no such profile.",
    scene: (lab) => ({ ...lab.env, AWS_PROFILE: "ty\u001bpo" }),
    profile: "ty\u001bpo",
  },
  {
    title: "an empty AWS_PROFILE",
    code: 1,
    sentence: 'Profile "" (active): no MFA session; there is no such profile.',
    scene: (lab) => ({ ...lab.env, AWS_PROFILE: "" }),
    profile: "",
  },
  {
    title: "a profile that signs in by SSO",
    code: 1,
    sentence:
      "Profile dev (active): no MFA session; the profile signs in by SSO, login, web identity or credential_source.",
    scene: (lab) => void lab.write(".aws/config", "[profile dev]\nsso_session = x\n"),
  },
  {
    title: "a role without MFA",
    code: 1,
    sentence: `Profile admin (active): no MFA session; ${withoutMfa}.`,
    scene: async (lab) => {
      await lab.signIn();
      addProfile(lab, "plain", "");
      return asRole(lab, "admin", { source_profile: "plain" });
    },
    profile: "admin",
    listed: ["dev"],
  },
  {
    title: "a role in the store",
    code: 0,
    sentence: `Profile admin (active): ${lasts}.`,
    scene: async (lab) => {
      const env = asRole(lab, "admin");
      await lab.signIn(env);
      return env;
    },
    profile: "admin",
    listed: ["dev", "admin*"],
  },
  {
    title: "a role in the store whose MFA session is over",
    code: 0,
    sentence: `Profile admin (active): ${lasts}.`,
    scene: async (lab) => {
      const env = asRole(lab, "admin");
      await lab.signIn(env);
      plant(lab, "dev", { left: -60 });
      return env;
    },
    profile: "admin",
    listed: ["dev", "admin*"],
  },
  {
    title: "a role that is still to be assumed with the MFA session",
    code: 0,
    sentence: `Profile admin (active): ${assumesWith("dev")}`,
    scene: async (lab) => {
      await lab.signIn();
      return asRole(lab, "admin");
    },
    profile: "admin",
    listed: ["dev*"],
  },
  {
    title: "a role that is near its end, and its MFA session",
    code: 0,
    sentence: `Profile admin (active): ${assumesWith("dev")}`,
    scene: async (lab) => {
      await lab.signIn();
      plantRole(lab, ["admin", "dev"], { left: 200 });
      return asRole(lab, "admin");
    },
    profile: "admin",
    listed: ["dev*", "admin"],
  },
  {
    title: "a role that is near its end, as is its MFA session",
    code: 1,
    sentence: `Profile admin (active): ${asks}`,
    scene: (lab) => {
      plant(lab, "dev", { left: 290 });
      plantRole(lab, ["admin", "dev"], { left: 200 });
      return asRole(lab, "admin");
    },
    profile: "admin",
    listed: ["dev", "admin"],
  },
  {
    title: "a role in an empty store",
    code: 1,
    sentence: `Profile admin (active): ${asks}`,
    scene: (lab) => asRole(lab, "admin"),
    profile: "admin",
    listed: [],
  },
  {
    title: "the end of a chain",
    code: 0,
    sentence: `Profile vault (active): ${lasts}.`,
    scene: async (lab) => {
      asRole(lab, "deploy");
      const env = asRole(lab, "vault", { source_profile: "deploy" });
      await lab.signIn(env);
      return env;
    },
    profile: "vault",
    listed: ["dev", "deploy", "vault*"],
  },
  {
    title: "the end of a chain, of which the role in the middle is left",
    code: 0,
    sentence: `Profile vault (active): ${assumesWith("deploy")}`,
    scene: async (lab) => {
      await lab.signIn(asRole(lab, "deploy"));
      plant(lab, "dev", { left: -60 });
      return asRole(lab, "vault", { source_profile: "deploy" });
    },
    profile: "vault",
    listed: ["dev", "deploy*"],
  },
  {
    title: "the end of a chain, of which the MFA session is left",
    code: 0,
    sentence: `Profile vault (active): ${assumesWith("dev")}`,
    scene: async (lab) => {
      await lab.signIn();
      asRole(lab, "deploy");
      return asRole(lab, "vault", { source_profile: "deploy" });
    },
    profile: "vault",
    listed: ["dev*"],
  },
  {
    title: "a long role, which takes a code itself",
    code: 1,
    sentence: `Profile admin (active): ${asks}`,
    scene: async (lab) => {
      await lab.signIn();
      return asRole(lab, "admin", { duration_seconds: 7200 });
    },
    profile: "admin",
    listed: ["dev"],
  },
  {
    title: "a long role in the store, which hangs on nothing",
    code: 0,
    sentence: `Profile admin (active): ${lasts}.`,
    scene: async (lab) => {
      plant(lab, "dev", {});
      const env = asRole(lab, "admin", { duration_seconds: 7200 });
      await lab.signIn(env);
      return env;
    },
    profile: "admin",
    listed: ["admin*", "dev"],
  },
  {
    title: "a profile that now names another role",
    code: 1,
    sentence: `Profile admin (active): ${asks}`,
    scene: async (lab) => {
      await lab.signIn(asRole(lab, "admin"));
      plant(lab, "dev", { left: -60 });
      const config = readFileSync(join(lab.home, ".aws/config"), "utf8");
      lab.write(".aws/config", config.replace("role/admin", "role/readonly"));
      return { ...lab.env, AWS_PROFILE: "admin" };
    },
    profile: "admin",
    listed: ["dev", "admin"],
  },
  {
    title: "a role under another name for its session",
    code: 0,
    sentence: `Profile admin (active): ${assumesWith("dev")}`,
    scene: async (lab) => {
      await lab.signIn(asRole(lab, "admin"));
      return { ...lab.env, AWS_PROFILE: "admin", AWS_ROLE_SESSION_NAME: "nightly" };
    },
    profile: "admin",
    listed: ["dev*", "admin"],
  },
  {
    title: "two profiles of one role",
    code: 0,
    sentence: `Profile twin (active): ${lasts}, shared with profile admin.`,
    scene: async (lab) => {
      await lab.signIn(asRole(lab, "admin"));
      return asRole(lab, "twin", { role: "admin" });
    },
    profile: "twin",
    listed: ["dev", "admin*"],
  },
  {
    title: "a role that keys of the environment have the MFA session for",
    code: 0,
    sentence: `Profile admin (active): ${assumesWith("")}`,
    scene: async (lab) => {
      await lab.signIn({ ...environmentKeys(lab), AWS_MFA_SERIAL: lab.serial });
      return asRole(lab, "admin");
    },
    profile: "admin",
    listed: ["null*"],
  },
  {
    title: "a role with a setting that AWS would refuse",
    code: 1,
    sentence:
      'Profile admin (active): no session; duration_seconds of profile admin is "10"; it takes whole seconds from 900 to 43200. Correct it: AWS would not assume the role.',
    scene: async (lab) => {
      await lab.signIn();
      return asRole(lab, "admin", { duration_seconds: 10 });
    },
    profile: "admin",
    listed: ["dev"],
  },
  {
    title: "an exported role",
    code: 0,
    sentence: `Profile admin (active): ${lasts}, held by the environment.`,
    scene: async (lab) => {
      const env = asRole(lab, "admin");
      await lab.signIn(env);
      return exported({ ...lab, env });
    },
    profile: "admin",
    listed: ["dev", "admin*"],
  },
  {
    title: "a role by name: it, and what it hangs on",
    code: 0,
    sentence: `Profile vault (active): ${lasts}.`,
    scene: async (lab) => {
      asRole(lab, "deploy");
      await lab.signIn(asRole(lab, "vault", { source_profile: "deploy" }));
      await lab.signIn(asRole(lab, "admin"));
      plant(lab, "prod", {});
    },
    args: ["--profile", "vault"],
    profile: "vault",
    listed: ["dev", "deploy", "vault*"],
  },
  {
    title: "a role by name whose session is over",
    code: 1,
    sentence: `Profile admin (active): ${asks}`,
    scene: (lab) => {
      asRole(lab, "admin");
      plant(lab, "dev", { left: -60 });
      plantRole(lab, ["admin", "dev"], { left: -60 });
      plantRole(lab, ["other", "dev"], {});
    },
    args: ["--profile", "admin"],
    profile: "admin",
    listed: ["dev", "admin"],
  },
  {
    title: "the profile of a role's MFA session by name: without the role",
    code: 0,
    sentence: `Profile dev (active): ${lasts}.`,
    scene: (lab) => lab.signIn(asRole(lab, "admin")),
    args: ["--profile", "dev"],
    listed: ["dev*"],
  },
  {
    title: "a passkey",
    code: 1,
    sentence:
      "Profile dev (active): no session; mfa_serial of profile dev is arn:aws:iam::1:u2f/x: a passkey or security key, and the AWS API cannot use those. Register an authenticator app (TOTP) as a second device, or use `aws login`.",
    scene: (lab) =>
      void lab.write(".aws/config", "[profile dev]\nmfa_serial = arn:aws:iam::1:u2f/x\n"),
  },
  {
    title: "keys in the environment with a session",
    code: 0,
    sentence: `Keys of the environment (active): ${lasts}.`,
    scene: async (lab) => {
      const env = { ...environmentKeys(lab), AWS_MFA_SERIAL: lab.serial };
      await lab.signIn(env);
      return env;
    },
    profile: null,
    listed: ["null*"],
  },
  {
    title: "keys in the environment that share a profile's session",
    code: 0,
    sentence: `Keys of the environment (active): ${lasts}, shared with profile dev.`,
    scene: async (lab) => {
      await lab.signIn();
      return { ...environmentKeys(lab), AWS_MFA_SERIAL: lab.serial };
    },
    profile: null,
    listed: ["dev*"],
  },
  {
    title: "keys in the environment without a session",
    code: 1,
    sentence: `Keys of the environment (active): ${asks}`,
    scene: (lab) => ({ ...environmentKeys(lab), AWS_MFA_SERIAL: lab.serial }),
    profile: null,
  },
  {
    title: "keys in the environment without AWS_MFA_SERIAL",
    code: 1,
    sentence:
      "Keys of the environment (active): no MFA session; the environment holds keys, and AWS_MFA_SERIAL is not set.",
    scene: async (lab) => {
      await lab.signIn();
      return environmentKeys(lab);
    },
    profile: null,
    listed: ["dev"],
  },
  {
    title: "temporary keys in the environment that are not ours",
    code: 1,
    sentence:
      "Keys of the environment (active): no MFA session; the environment holds temporary credentials.",
    scene: (lab) => ({ ...environmentKeys(lab), AWS_SESSION_TOKEN: "t" }),
    profile: null,
  },
  {
    title: "half a pair of keys in the environment",
    code: 1,
    sentence:
      "Keys of the environment (active): no MFA session; AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY.",
    scene: (lab) => ({ ...lab.env, AWS_ACCESS_KEY_ID: "AKIAX" }),
    profile: null,
  },
  {
    title: "an exported session",
    code: 0,
    sentence: `Profile dev (active): ${lasts}, held by the environment.`,
    scene: async (lab) => {
      await lab.signIn();
      return exported(lab);
    },
    listed: ["dev*"],
  },
  {
    title: "an exported session where nobody names a profile",
    code: 0,
    sentence: `Profile dev (active): ${lasts}, held by the environment.`,
    scene: async (lab) => {
      await lab.signIn();
      return without(await exported(lab), "AWS_PROFILE");
    },
    listed: ["dev*"],
  },
  {
    title: "an exported session that another one replaced",
    code: 0,
    sentence: `Profile dev (active): ${lasts}, held by the environment.`,
    scene: async (lab) => {
      plant(lab, "dev", { left: 7200 });
      const env = await exported(lab);
      plant(lab, "dev", { replaces: { left: 7200 } });
      return env;
    },
    listed: ["dev"],
  },
  {
    title: "an exported session near its end",
    code: 1,
    sentence: `Profile dev (active): ${asks}`,
    scene: async (lab) => {
      plant(lab, "dev", {});
      const env = await exported(lab);
      plant(lab, "dev", { left: 200 });
      return env;
    },
    listed: ["dev"],
  },
  {
    title: "an exported session near its end, and a new one in the store",
    code: 0,
    sentence: `Profile dev (active): ${lasts}.`,
    scene: async (lab) => {
      plant(lab, "dev", { left: 7200 });
      const env = await exported(lab);
      plant(lab, "dev", { replaces: { left: 200 } });
      return env;
    },
    listed: ["dev*"],
  },
  {
    title: "an exported session near its end whose profile has no device any more",
    code: 1,
    sentence:
      "Profile dev (active): the environment holds a session that is near its end; awsmfa unsets takes it out.",
    scene: async (lab) => {
      plant(lab, "dev", {});
      const env = await exported(lab);
      plant(lab, "dev", { left: 200 });
      lab.write(".aws/config", "");
      return env;
    },
    listed: ["dev"],
  },
  {
    title: "an exported session, and another profile by name",
    code: 1,
    sentence: `Profile twin (active): ${asks}`,
    scene: async (lab) => {
      plant(lab, "dev", {});
      addProfile(lab, "twin", "mfa_serial = GAHT12345678\n");
      return exported(lab);
    },
    args: ["--profile", "twin"],
    profile: "twin",
    listed: [],
  },
  {
    title: "a profile by name, whatever the environment says: its session alone",
    code: 0,
    sentence: `Profile dev (active): ${lasts}.`,
    scene: (lab) => {
      plant(lab, "dev", {});
      plant(lab, "prod", {});
      return { ...lab.env, AWS_PROFILE: "prod" };
    },
    args: ["--profile=dev"],
    listed: ["dev*"],
  },
  {
    title: "a profile by name that shares another one's session",
    code: 0,
    sentence: `Profile twin (active): ${lasts}, shared with profile dev.`,
    scene: (lab) => {
      addProfile(lab, "twin");
      plant(lab, "dev", {});
      plant(lab, "old", { left: -60 });
      plant(lab, "twin", { left: -60 });
    },
    args: ["--profile", "twin"],
    profile: "twin",
    listed: ["dev*"],
  },
  {
    title: "a profile by name whose own session is over",
    code: 1,
    sentence: `Profile dev (active): ${asks}`,
    scene: (lab) => {
      plant(lab, "dev", { left: -60 });
      plant(lab, "prod", { serial: "GAHT12345678" });
    },
    args: ["--profile", "dev"],
    listed: ["dev"],
  },
];

function addProfile(lab: Lab, name: string, settings = `mfa_serial = ${lab.serial}\n`): void {
  const append = (path: string, text: string): void => {
    lab.write(path, readFileSync(join(lab.home, path), "utf8") + text);
  };
  append(".aws/config", `[profile ${name}]\n${settings}`);
  append(".aws/credentials", keysSection(name, lab.sandbox.user("alice")));
}

/** Adds a profile of the role of that name; gives the environment of its user. */
function asRole(lab: Lab, name: string, settings: Settings = {}): Env {
  addRoles(lab, { [name]: settings });
  return { ...lab.env, AWS_PROFILE: name };
}

/** The gem's files count only where they are newer. */
function ageAwsFiles({ home }: Lab): void {
  for (const name of ["config", "credentials"]) utimesSync(join(home, ".aws", name), 1e9, 1e9);
}

function without(env: Env, name: string): Env {
  return Object.fromEntries(Object.entries(env).filter(([other]) => other !== name));
}

describe.concurrent("how things stand with", () => {
  test.each(cases.map((each) => [each.title, each] as const))("%s", async (_title, each) => {
    await using lab = await startLab();
    const env = (await each.scene?.(lab)) ?? lab.env;
    const told = await status(lab, env, each.args);
    expect(told.sentence.replace(clock, "CLOCK")).toBe(each.sentence);
    expect(told.code).toBe(each.code);
    const { profile = "dev", listed = [] } = each;
    expect(told.active).toEqual({ profile, usable: each.code === 0 });
    const names = told.sessions.map(({ profile, active }) => `${profile}${active ? "*" : ""}`);
    expect(names).toEqual(listed.map(String));
    if (listed.length === 0) {
      const whose = each.args === undefined ? "" : " of profile twin";
      expect(told.text.split("\n")[0]).toBe(`No session${whose} is stored.`);
    }
    // What it promises, the next command keeps: nobody is there to be asked.
    if (each.code === 0) {
      const quietly = { ...env, AWS_MFA_AWS_PATH: "/bin/true" };
      const next = await runAwsmfa(["session", "s3", "ls", ...(each.args ?? [])], { env: quietly });
      expect(next).toMatchObject({ code: 0, stderr: "" });
    }
  });
});

test.each([
  ["a config file that cannot be parsed", "[profile dev\n", {}],
  ["a setting that makes no sense", "", { AWS_MFA_MIN_TTL: "soon" }],
])("%s: 253, and nothing on stdout", async (_title, config, more) => {
  await using lab = await startLab();
  plant(lab, "dev", {});
  if (config !== "") lab.write(".aws/config", config);
  for (const args of [[], ["--json"]]) {
    const ended = await runAwsmfa(["status", ...args], { env: { ...lab.env, ...more } });
    expect(ended).toMatchObject({ code: 253, stdout: "" });
    expect(ended.stderr).toMatch(/^awsmfa: /);
  }
});

test("what is no session in the store is not listed", async () => {
  await using lab = await startLab();
  plant(lab, "dev", {});
  lab.write(".aws/aws-mfa-secure-sessions/junk", "{}");
  lab.write(".aws/aws-mfa-secure-sessions/empty", "");
  lab.write(".aws/aws-mfa-secure-sessions/folder/file", "x");
  plant(lab, "%%tmp-1", { profile: "half-written" });
  for (const name of ["junk", "empty"]) {
    await run("/bin/chmod", ["600", join(lab.store, name)], { env: lab.env });
  }
  const told = await status(lab);
  expect(told.sessions.map(({ profile }) => profile)).toEqual(["dev"]);
});

test("a reader that wants no more ends it quietly", async () => {
  await using lab = await startLab();
  for (let index = 0; index < 400; index++) plant(lab, `profile-${index}`, {});
  const script = `'${process.execPath}' '${awsmfa}' status --json | head -n 1`;
  const ended = await run("/bin/bash", ["-c", script], { env: lab.env });
  expect(ended).toMatchObject({ code: 0, stdout: "{\n", stderr: "" });
});
