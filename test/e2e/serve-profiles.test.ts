import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { python } from "../support/commands.ts";
import { devSection, keysSection } from "../support/lab.ts";
import { run, runAwsmfa } from "../support/run.ts";
import { askEndpoint, startServeHome, type ServeHome } from "./serve-home.ts";

/** Gives alice's keys and device to profiles of these names. */
function nameProfiles({ user, write }: ServeHome, names: readonly string[]): void {
  const device = `mfa_serial = ${user.serial}\nregion = us-east-1\n`;
  write(".aws/config", "");
  write(".aws/credentials", names.map((name) => keysSection(name, user) + device).join(""));
}

test.concurrent("each profile has a path; the first one is the command's", async () => {
  await using home = await startServeHome();
  home.configure(`[profile bare]\nregion = us-east-1\n`);
  nameProfiles(home, ["dev", "prod"]);
  const serving = home.serve(["--profile", "prod", "--profile", "dev", "--profile", "prod"]);
  const access = await serving.access();
  await serving.until("profile dev is served until ^C: ");
  expect(access.url).toBe(`http://127.0.0.1:${access.port}/profiles/prod`);
  for (const name of ["prod", "dev"]) {
    expect(await askEndpoint(access, { path: `/profiles/${name}` })).toMatchObject({ status: 200 });
  }
  expect(await askEndpoint(access, { path: "/profiles/bare" })).toMatchObject({ status: 404 });
  expect(serving.stderr.split("\n")).toHaveLength(4);
});

test.concurrent("names of any kind", async () => {
  await using home = await startServeHome();
  const names = ["my dev", "eu/prod", "50%", "Ünï", "a+b&c?d=e#f", "'(x)!*~", "..a"];
  nameProfiles(home, names);
  const serving = home.serve(names.flatMap((name) => ["--profile", name]));
  const access = await serving.access();
  const urls = (await waitForAll(serving, names.length)).map((line) => line.replace(/^.*: /, ""));
  expect(urls).toHaveLength(names.length);
  for (const url of urls) {
    expect(new URL(url).href).toBe(url);
    expect(await askEndpoint({ ...access, url })).toMatchObject({ status: 200 });
  }
});

async function waitForAll(
  serving: { stderr: string; until(text: RegExp): Promise<void> },
  many: number,
) {
  const lines = (): string[] =>
    serving.stderr.split("\n").filter((line) => line.includes("is served"));
  while (lines().length < many) await serving.until(/http:/);
  return lines();
}

test.concurrent(
  "a code in a variable is for the first profile that needs one, and for that alone",
  async () => {
    await using home = await startServeHome({
      users: ["alice", "bob"].map((name) => ({ name, devices: [`phone-of-${name}`] })),
    });
    const [alice, bob] = [home.sandbox.user("alice"), home.sandbox.user("bob")];
    home.write(".aws/config", devSection(alice.serial, "a") + devSection(bob.serial, "b"));
    home.write(".aws/credentials", keysSection("a", alice) + keysSection("b", bob));
    home.answer = () => home.sandbox.freshCode("bob");
    const more = { AWS_MFA_TOKEN: home.sandbox.freshCode("alice") };
    const serving = home.serve(["--profile", "a", "--profile", "b", "--", "true"], more);
    expect(await serving.ended).toBe(0);
    expect(serving.stderr).toBe("");
    expect(home.prompts()).toEqual(["MFA code for phone-of-bob (profile b): "]);
    await runAwsmfa(["clean", "b"], { env: home.env });
    const code = { AWS_MFA_TOKEN: home.sandbox.freshCode("bob") };
    expect(await home.serve(["--profile", "a", "--profile", "b", "--", "true"], code).ended).toBe(
      0,
    );
    expect(home.prompts()).toHaveLength(1);
  },
);

// prettier-ignore
test.concurrent.each<[what: string, args: string[], env: Record<string, string>, code: number, says: RegExp]>([
  ["an unknown profile", ["--profile", "nope"], {}, 253, /profile nope/],
  ["a second one that is unknown", ["--profile", "dev", "--profile", "nope"], {}, 253, /profile nope/],
  ["a profile without a device", ["--profile", "bare"], {}, 253, /^awsmfa: there is no MFA session for profile bare: /],
  ["one that signs in otherwise", ["--profile", "sso"], {}, 253, /profile sso/],
  ["keys without a device in the environment", [], { AWS_ACCESS_KEY_ID: "AKIAX", AWS_SECRET_ACCESS_KEY: "s" }, 253, /AWS_MFA_SERIAL/],
  ["nobody to ask", ["--profile", "dev"], { AWS_MFA_PROMPT: "none" }, 253, /code/],
  ["a wrong code", ["--profile", "dev", "--token", "000000"], { AWS_MFA_PROMPT: "none" }, 254, /code/],
  ["a shell that nobody knows", ["--profile", "dev", "--shell", "korn"], {}, 252, /korn/],
])("%s: nothing is begun", async (_what, args, env, code, says) => {
  await using home = await startServeHome();
  home.configure("[profile bare]\nregion = us-east-1\n[profile sso]\nsso_session = x\n");
  home.write(".aws/credentials", keysSection("dev", home.user) + keysSection("bare", home.user));
  if (args.includes("nope") && args.length > 2) await home.signIn();
  const began = home.serve([...args, "--", "touch", `${home.home}/ran`], env);
  expect(await began.ended).toBe(code);
  expect(began.stderr).toMatch(says);
  expect(began.stdout).toBe("");
  const without = await runAwsmfa(["serve", ...args], { env: { ...home.env, ...env } });
  expect(without).toMatchObject({ code, stdout: "" });
  expect(await run("ls", [`${home.home}/ran`], { env: home.env })).not.toMatchObject({ code: 0 });
});

describe("what is printed is for a shell", () => {
  const call = `import boto3; print(boto3.client("sts").get_caller_identity()["Arn"], boto3.Session().get_credentials().method)`;

  // prettier-ignore
  test.concurrent.each<[name: string, shell: string[], read: string]>([
    ["bash", ["bash", "--norc"], ". ./set"],
    ["bash", ["bash", "--norc", "-eu"], 'eval "$(cat set)"'],
    ["zsh", ["zsh", "-f"], ". ./set"],
    ["sh", ["dash"], ". ./set"],
    ["fish", ["fish", "--no-config"], "source set"],
    ["tcsh", ["tcsh", "-f"], "source set"],
  ])("%s (%j, %s)", async (name, [file = "", ...options], read) => {
    await using home = await startServeHome();
    await home.signIn();
    home.write(".aws/credentials", keysSection("dev", home.user) + "[default]\ncredential_process = false\n");
    const serving = home.serve(["--profile", "dev", "--shell", name]);
    await serving.until("is served until ^C");
    writeFileSync(`${home.home}/set`, serving.stdout);
    const script = `${read}\n'${python}' -c '${call}'\n`;
    const env = { ...home.env, AWS_PROFILE: "nope", AWS_ACCESS_KEY_ID: "AKIAWRONG", AWS_SECRET_ACCESS_KEY: "x" };
    const ended = await run(file, [...options, "-c", script], { env, cwd: home.home });
    expect(ended.stderr.replace(/^.*(Warning|warnings).*$/gm, "").trim()).toBe("");
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/:user\/alice container-role\n$/) });
    expect(home.sandbox.calls.at(-1)).toMatchObject({ operation: "GetCallerIdentity", mfa: true });
  });

  // It has none of the variables of this one.
  test.concurrent.each<[by: string, env: Record<string, string>, region: string]>([
    ["its profile", { AWS_DEFAULT_REGION: "" }, "us-east-1"],
    ["AWS_REGION", { AWS_REGION: "eu-west-3", AWS_DEFAULT_REGION: "" }, "eu-west-3"],
    ["AWS_DEFAULT_REGION", { AWS_DEFAULT_REGION: "eu-west-3" }, "eu-west-3"],
  ])("another one has the region, too, by %s", async (_by, env, region) => {
    await using home = await startServeHome();
    await home.signIn();
    const serving = home.serve(["--profile", "dev", "--shell", "sh"], env);
    await serving.until("is served until ^C");
    const script = `${serving.stdout}echo "$AWS_REGION $AWS_DEFAULT_REGION"`;
    const { stdout } = await run("/bin/sh", ["-c", script], { env: {} });
    expect(stdout).toBe(`${region} ${region}\n`);
  });

  test.concurrent.each([["powershell"], ["cmd"]])("%s, which is not here", async (name) => {
    await using home = await startServeHome();
    await home.signIn();
    const serving = home.serve(["--profile", "dev", "--shell", name]);
    await serving.until("is served until ^C");
    expect(serving.stdout).toMatch(
      /AWS_CONTAINER_CREDENTIALS_FULL_URI\W+http:\/\/127\.0\.0\.1:\d+\/profiles\/dev\b/,
    );
  });
});
