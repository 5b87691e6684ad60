import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { awsCommands } from "../support/commands.ts";
import { alice, recipes, startRecipeHome, type RecipeHome } from "./recipe-home.ts";

/** Runs its arguments where nothing but the network is shared with this machine. */
const contained =
  "bwrap --ro-bind / / --dev /dev --proc /proc --tmpfs /run --unshare-all --share-net";

/** Prints the processes that have the token in their arguments, where all can read it. */
const tellArguments =
  'printf %s "$AWS_CONTAINER_AUTHORIZATION_TOKEN$AWS_SESSION_TOKEN" | grep -alsF -f - /proc/[0-9]*/cmdline >&2';

/** The `aws` of another machine. */
const awsThere = ({ sandbox }: RecipeHome): string =>
  `${tellArguments}\nexec '${awsCommands[0]!.path}' --endpoint-url '${sandbox.url}' --query Arn --output text "$@"`;

describe("a container", () => {
  const canContain = succeeds(`${contained} true`);
  if (!canContain) console.warn("Not tried here: a container, for bwrap may not make one.");

  const [serve, exec] = recipes("Containers", "sh");
  const rows = [
    ["serve", serve],
    ["exec", exec],
  ] as const;

  test.skipIf(!canContain).each(rows)("by awsmfa %s", async (_by, lines = "") => {
    await using home = await startRecipeHome();
    const aws = home.program("image/aws", awsThere(home));
    home.program("bin/docker", standIn(aws));
    const ended = await home.bash(lines);
    expect(ended).toEqual({ code: 0, signal: null, stdout: `${alice}\n`, stderr: "" });
    expect(home.prompts()).toHaveLength(1);
  });
});

/** Docker for one command line: its program has these variables, and of the network what is shared. */
function standIn(aws: string): string {
  return `${tellArguments}
    [ "$1" = run ] || exit 2; shift
    network= names=
    while :; do case $1 in
      --rm) shift ;;
      --network) network=$2; shift 2 ;;
      --env) names="$names $2 "; shift 2 ;;
      amazon/aws-cli) shift; break ;;
      *) exit 2 ;;
    esac; done
    [ "\${AWS_CONTAINER_CREDENTIALS_FULL_URI+host}" = "\${network:+host}" ] || exit 2
    for name in $(env -0 | cut -z -d= -f1 | tr '\\0' ' '); do
      case $names in *" $name "*) ;; *) unset "$name" ;; esac
    done
    export PATH=/usr/bin:/bin HOME=/nonexistent
    exec ${contained} '${aws}' "$@"`;
}

describe("a remote host, over SSH", () => {
  test.skipIf(!succeeds("test -x /usr/sbin/sshd"))("the line of the page", async () => {
    await using home = await startRecipeHome();
    home.program("remote/bin/aws", awsThere(home));
    home.program("bin/ssh", `exec /usr/bin/ssh -F '${clientOf(home)}' "$@"`);
    const [lines = ""] = recipes("A remote host, over SSH", "sh");
    const ended = await home.bash(lines.replaceAll("9911", String(await freePort())));
    expect(ended).toEqual({ code: 0, signal: null, stdout: `${alice}\n`, stderr: "" });
    expect(home.prompts()).toHaveLength(1);
  });
});

/** The settings of an ssh whose `host` is a home of its own on this machine; its server ends with the connection. */
function clientOf(home: RecipeHome): string {
  const folder = join(home.home, "ssh");
  mkdirSync(folder, { mode: 0o700 });
  for (const name of ["host", "user"]) {
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", join(folder, name)]);
  }
  // What Debian's own start of the service makes.
  if (process.getuid?.() === 0) mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
  const remote = join(home.home, "remote");
  const server = home.write(
    "ssh/server.conf",
    `HostKey ${folder}/host
AuthorizedKeysFile ${folder}/user.pub
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
LogLevel QUIET
ForceCommand exec env -i HOME=${remote} PATH=${remote}/bin:/usr/bin:/bin /bin/sh -c "$SSH_ORIGINAL_COMMAND"
`,
  );
  return home.write(
    "ssh/client.conf",
    `Host host
  User ${userInfo().username}
  ProxyCommand /usr/sbin/sshd -i -f ${server}
  IdentityFile ${folder}/user
  IdentitiesOnly yes
  StrictHostKeyChecking no
  UserKnownHostsFile /dev/null
  BatchMode yes
  LogLevel ERROR
`,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

function succeeds(line: string): boolean {
  try {
    execFileSync("/bin/sh", ["-c", line], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
