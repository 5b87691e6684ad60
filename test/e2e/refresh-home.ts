import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseIni } from "../../src/core/aws-files/ini.ts";
import {
  startSandbox,
  type CallRecord,
  type Sandbox,
  type SandboxOptions,
  type SandboxUser,
} from "../../src/sandbox/sandbox.ts";
import { awsCommands } from "../support/commands.ts";
import { run, runAwsmfa, type Ended } from "../support/run.ts";

type Variables = Readonly<Record<string, string>>;

/** The home of somebody whose only AWS file is a credentials file, and the AWS of its own. */
export interface RefreshHome extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly user: SandboxUser;
  readonly home: string;
  readonly env: Variables;
  /** Path of the credentials file. */
  readonly path: string;
  /** Writes a file below the home. */
  write(path: string, text: string): string;
  /** The text of the credentials file. */
  text(): string;
  /** The keys of one of its sections. */
  section(name: string): Record<string, string>;
  /** `awsmfa refresh`, without a terminal. */
  refresh(args: readonly string[], more?: Variables): Promise<Ended>;
  /** The same with a code for it. */
  refreshWithCode(args: readonly string[], more?: Variables): Promise<Ended>;
  /** What STS was asked for: operations, and the parameters that tell requests apart. */
  asked(): string[];
  /** The ARN that the real `aws` is somebody by with this profile. */
  arnOf(profile: string): Promise<string>;
}

/** Starts one for the first user of a sandbox; `credentials` gets that user. */
export async function startRefreshHome(
  credentials: (user: SandboxUser) => string,
  options: SandboxOptions = { users: [{ name: "alice", devices: ["phone"] }] },
): Promise<RefreshHome> {
  const sandbox = await startSandbox(options);
  const name = options.users?.[0]?.name ?? "alice";
  const user = sandbox.user(name);
  const home = mkdtempSync(join(tmpdir(), "awsmfa-test-"));
  const env = {
    HOME: home,
    PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
    LANG: "C.UTF-8",
    TERM: "xterm",
    TZ: "Europe/Berlin",
    LOGNAME: "local.user",
    AWS_ENDPOINT_URL: sandbox.url,
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
  };
  const write: RefreshHome["write"] = (path, text) => {
    const file = join(home, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  const path = write(".aws/credentials", credentials(user));
  const text = (): string => readFileSync(path, "utf8");
  const refresh: RefreshHome["refresh"] = (args, more) =>
    runAwsmfa(["refresh", ...args], { env: { ...env, ...more } });
  return {
    sandbox,
    user,
    home,
    env,
    path,
    write,
    text,
    section: (section) => {
      const entries = parseIni(text()).sections.get(section)?.entries ?? new Map();
      return Object.fromEntries([...entries].map(([key, { value }]) => [key, value as string]));
    },
    refresh,
    refreshWithCode: (args, more) =>
      refresh(args, { AWS_MFA_TOKEN: sandbox.freshCode(name), ...more }),
    asked: () => sandbox.calls.flatMap(describeCall),
    arnOf: async (profile) => {
      const aws = awsCommands[0]!.path;
      const args = ["sts", "get-caller-identity", "--output=text", "--query=Arn"];
      const { stdout, stderr } = await run(aws, [...args, `--profile=${profile}`], { env });
      return stdout.trim() || stderr;
    },
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function describeCall({ operation, parameters, status }: CallRecord): string[] {
  if (operation !== "GetSessionToken" && operation !== "AssumeRole") return [];
  const { DurationSeconds, SerialNumber, RoleArn, RoleSessionName } = parameters;
  const role = RoleArn === undefined ? [] : [`${RoleArn} as ${RoleSessionName}`];
  const device = SerialNumber === undefined ? [] : [`device ${SerialNumber}`];
  const refused = status === 200 ? [] : [String(status)];
  return [[operation, ...role, `for ${DurationSeconds}`, ...device, ...refused].join(" ")];
}
