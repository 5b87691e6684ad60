// What a wrapped `aws` costs: medians of interleaved rounds, and ratios to the floor.
// Usage: scripts/bench [rounds]
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const rounds = Number(process.argv[2] ?? 200);
const root = fileURLToPath(new URL("..", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "awsmfa-bench-"));
const awsmfa = join(root, "dist/awsmfa.cjs");

// The least that Node takes to stand in front of a program.
const floor = `
const { spawn } = require("child_process");
for (const s of ["SIGINT", "SIGQUIT"]) process.on(s, () => {});
let child;
for (const s of ["SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2"]) process.on(s, () => child.kill(s));
child = spawn(process.argv[2], process.argv.slice(3), { stdio: "inherit" });
child.once("exit", (code, signal) => {
  process.exitCode = signal ? 128 : code;
});
`;

function write(path, text) {
  mkdirSync(join(home, path, ".."), { recursive: true, mode: 0o700 });
  writeFileSync(join(home, path), text, { mode: 0o600 });
  return join(home, path);
}

/** The program's own names for its files. */
async function naming() {
  const names =
    'export * from "./session/session-file-name.ts"; export * from "./request/identity.ts";';
  const stdin = { contents: names, resolveDir: join(root, "src/core") };
  const { outputFiles } = await build({ stdin, bundle: true, format: "esm", write: false });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
}

async function prepare() {
  const serial = "arn:aws:iam::123456789012:mfa/phone";
  const role_arn = "arn:aws:iam::123456789012:role/admin";
  write(
    ".aws/config",
    `[profile mfa]\nregion = us-east-1\nmfa_serial = ${serial}\n` +
      `[profile role]\nrole_arn = ${role_arn}\nsource_profile = mfa\n`,
  );
  const keys = (id) => `aws_access_key_id = ${id}\naws_secret_access_key = none\n`;
  write(".aws/credentials", `[mfa]\n${keys("AKIABENCH")}[plain]\n${keys("AKIAPLAIN")}`);
  const session = {
    access_key_id: "ASIABENCH",
    secret_access_key: "none",
    session_token: "none",
    expiration: new Date(Date.now() + 36e5).toISOString(),
    issued: new Date().toISOString(),
    identity: { access_key_id: "AKIABENCH", serial, endpoint: "aws" },
  };
  write(".aws/aws-mfa-secure-sessions/mfa", JSON.stringify(session));
  const { requestFileName, sessionKey } = await naming();
  const assumed = [{ role_arn, role_session_name: "phone", duration_seconds: 3600 }];
  const identity = { base: { accessKeyId: "AKIABENCH" }, serial, endpoint: "aws" };
  const name = requestFileName("role", "role", sessionKey(identity, assumed));
  const role = { assumed, source_profiles: ["mfa"] };
  write(`.aws/aws-mfa-secure-sessions/${name}`, JSON.stringify({ ...session, role }));
  mkdirSync(join(home, "bin"));
  symlinkSync("/bin/true", join(home, "bin/aws"));
}

const env = { HOME: home, PATH: `${join(home, "bin")}:/usr/bin:/bin` };

function contenders() {
  const node = process.execPath;
  const aws = join(home, "bin/aws");
  const wrapped = [awsmfa, "session", "s3", "ls"];
  const contender = (name, file, args, env = {}) => ({ name, file, args, env, times: [] });
  return [
    contender("stub alone", aws, ["s3", "ls"]),
    contender("empty Node script", node, [write("empty.cjs", "")]),
    contender("floor", node, [write("floor.cjs", floor), aws, "s3", "ls"]),
    contender("session, warm", node, wrapped, { AWS_PROFILE: "mfa" }),
    contender("session of a role, warm", node, wrapped, { AWS_PROFILE: "role" }),
    contender("session, pass-through", node, wrapped, { AWS_PROFILE: "plain" }),
  ];
}

function time({ file, args, env: more, times }) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(file, args, { env: { ...env, ...more }, stdio: "pipe" });
  times.push(Number(process.hrtime.bigint() - start) / 1e6);
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`);
}

function quantile(times, part) {
  return times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * part)];
}

try {
  await prepare();
  const all = contenders();
  for (let round = 0; round < rounds; round++) {
    // Another order every round, so that no one always follows the same neighbour.
    for (let index = 0; index < all.length; index++) time(all[(index + round) % all.length]);
  }
  const floorMedian = quantile(all.find(({ name }) => name === "floor").times, 0.5);
  console.log(`Node ${process.versions.node}, ${rounds} interleaved rounds, milliseconds\n`);
  console.log("| what | median | quartiles | × floor |\n|---|---:|---:|---:|");
  for (const { name, times } of all) {
    const [low, median, high] = [0.25, 0.5, 0.75].map((part) => quantile(times, part));
    const ratio = (median / floorMedian).toFixed(2);
    console.log(
      `| ${name} | ${median.toFixed(1)} | ${low.toFixed(1)}–${high.toFixed(1)} | ${ratio} |`,
    );
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
