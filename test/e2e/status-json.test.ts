import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startLab, type Lab } from "../support/lab.ts";
import { plant, plantGemFile, plantRole } from "../support/plant.ts";
import { run, runAwsmfa } from "../support/run.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/status-json.md"), "utf8");

/** Each field of the page's table and the types it may have. */
const documented = new Map(
  [...page.matchAll(/^\| `([^`]+)` +\| ([^|]+?) +\|/gm)].map(([, field = "", types = ""]) => [
    field,
    types.replace("integer", "number").split(" or ").toSorted(),
  ]),
);

/** `awsmfa status --json`, read by jq. */
async function jq(lab: Lab, filter: string, args: readonly string[] = []): Promise<unknown> {
  const { stdout } = await runAwsmfa(["status", "--json", ...args], { env: lab.env });
  const ended = await run("jq", ["-c", filter], { env: lab.env, stdin: stdout });
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  return JSON.parse(ended.stdout);
}

/** Sessions with every field, and with as little as can be known. */
function plantAll(lab: Lab): void {
  plant(lab, "dev", {});
  plant(lab, "token", { serial: "GAHT12345678" });
  plant(lab, `%%keys-${lab.sandbox.user("alice").accessKeyId}`, { left: -60 });
  plantGemFile(lab, "gem", 3600);
  plantRole(lab, ["admin", "dev"], {});
  plantRole(lab, ["long"], {});
}

const typesByField = `
  [paths as $path | getpath($path) | select(type != "object" and type != "array")
    | { key: ($path | map(if type == "number" then "[]" else "." + . end) | add | ltrimstr(".")),
        value: type }]
  | group_by(.key) | map({ key: .[0].key, value: map(.value) | unique }) | from_entries`;

test("every documented field is there, and no other, of every documented type", async () => {
  await using lab = await startLab();
  plantAll(lab);
  const withProfile = (await jq(lab, typesByField)) as Record<string, string[]>;
  expect(Object.keys(withProfile).toSorted()).toEqual([...documented.keys()].toSorted());
  const keys = lab.sandbox.user("alice");
  const env = {
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
  };
  const ofKeys = { ...lab, env: { ...lab.env, ...env } };
  const withoutProfile = (await jq(ofKeys, typesByField)) as Record<string, string[]>;
  for (const [field, types] of documented) {
    const found = new Set([...(withProfile[field] ?? []), ...(withoutProfile[field] ?? [])]);
    expect([field, [...found].toSorted()]).toEqual([field, types]);
  }
});

test("what the fields say", async () => {
  await using lab = await startLab();
  plantAll(lab);
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string;
  const dev = {
    profile: "dev",
    kind: "mfa",
    role: null,
    source: null,
    device: "phone",
    serial: lab.serial,
    account: "123456789012",
    key: lab.sandbox.user("alice").accessKeyId.slice(-4),
    issued: time,
    expiration: time,
    seconds_left: expect.closeTo(9 * 3600, -2) as number,
    usable: true,
    active: true,
  };
  const unknown = { device: null, serial: null, account: null, key: null, issued: null };
  const gem = { seconds_left: expect.closeTo(3600, -2) as number, active: false };
  const ofRole = { kind: "role", seconds_left: expect.closeTo(1800, -2) as number, active: false };
  const role = (name: string): object => ({
    ...dev,
    ...ofRole,
    profile: name,
    role: `arn:aws:iam::123456789012:role/${name}`,
  });
  const token = { device: "GAHT12345678", serial: "GAHT12345678", account: null, active: false };
  expect(await jq(lab, ".")).toEqual({
    active: { profile: "dev", usable: true },
    sessions: [
      dev,
      { ...role("admin"), source: "dev" },
      { ...dev, profile: "gem", ...unknown, ...gem },
      role("long"),
      { ...dev, profile: "token", ...token },
      { ...dev, profile: null, seconds_left: 0, usable: false, active: false },
    ],
  });
});

test("the examples of the page do what it shows", async () => {
  await using lab = await startLab();
  lab.installAwsmfa();
  plant(lab, "dev", { left: 33_130 });
  plant(lab, "old", { left: -60 });
  const [, block = ""] = /```console\n([^`]+)```/.exec(page) ?? [];
  lab.write(".aws/config", `${readFileSync(`${lab.home}/.aws/config`, "utf8")}[profile prod]\n`);
  for (const example of block.split(/^\$ /m).slice(1)) {
    const [command = "", ...output] = example.split("\n");
    const { stdout } = await run("/bin/sh", ["-c", command], { env: lab.env });
    const expected = output.join("\n").replace("33120", "331\\d\\d");
    expect(stdout).toMatch(new RegExp(`^${expected.replace(/[{}]/g, "\\$&")}$`));
  }
});

test("names reach the reader as they are, and no terminal obeys what is in them", async () => {
  await using lab = await startLab();
  const profile = 'a\u001b[2J\u009b31m"\\\n\u202e\u{e0041}\u2028é日本\u00ad';
  plant(lab, "odd", { profile });
  const { stdout } = await runAwsmfa(["status", "--json"], { env: lab.env });
  expect(stdout.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]/u);
  expect(stdout).toContain("é日本");
  expect(await jq(lab, ".sessions[0].profile")).toBe(profile);
});

test("an empty store is an empty list", async () => {
  await using lab = await startLab();
  expect(await jq(lab, ".")).toEqual({ active: { profile: "dev", usable: false }, sessions: [] });
});
