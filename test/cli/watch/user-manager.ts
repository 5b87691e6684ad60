import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../support/run.ts";

const systemd = "/lib/systemd/systemd";

/**
 * Runs a script of the shell with a systemd of the user's own: in namespaces, so that it neither sees nor
 * disturbs one that runs here, and ends with the script. Everything it needs is mounted anew.
 */
const outer = `
set -e
mount -t tmpfs tmpfs /run
mkdir -p /run/systemd/system
mkdir -m 700 /run/user
mount -t tmpfs tmpfs /sys/fs/cgroup
mount -t cgroup2 none /sys/fs/cgroup
group=/sys/fs/cgroup/awsmfa-test-$$
mkdir $group
trap 'find $group -depth -type d -exec rmdir {} +' EXIT
(
  echo 0 > $group/cgroup.procs
  unshare --cgroup --mount --pid --fork --kill-child --mount-proc /bin/sh "$1"
)
`;

const inner = `
umount /sys/fs/cgroup
mount -t cgroup2 none /sys/fs/cgroup
export XDG_RUNTIME_DIR=/run/user
${systemd} --user </dev/null >/dev/null 2>&1 &
for attempt in $(seq 300); do
  systemctl --user is-system-running >/run/state 2>&1
  grep -Eq 'running|degraded' /run/state && break
  sleep 0.1
done
grep -Eq 'running|degraded' /run/state || exit 99
`;

/** What the script printed. Throws where it failed. */
export async function withUserManager(home: string, script: string): Promise<string> {
  const file = join(home, "with-user-manager.sh");
  writeFileSync(file, `${inner}\nset -e\n${script}`);
  const command = ["--mount", "/bin/sh", "-c", outer, "sh", file];
  const env = { HOME: home, PATH: "/usr/bin:/bin:/usr/sbin:/sbin", SYSTEMD_COLORS: "0" };
  const { code, stdout, stderr } = await run(
    "timeout",
    ["--signal=KILL", "50", "unshare", ...command],
    { env },
  );
  if (code !== 0) throw new Error(`${code} ${stdout}${stderr}`);
  return stdout;
}

/**
 * Whether a user's systemd can be run here: it takes root, systemd, and a kernel that lets us mount what it
 * needs. Where all of that is there, it has to run.
 */
export function canRunUserManager(): boolean {
  if (process.getuid?.() !== 0 || !existsSync(systemd)) return false;
  const script = "mount -t cgroup2 none /mnt && rmdir $(mktemp -d -p /mnt)";
  return spawnSync("unshare", ["--mount", "/bin/sh", "-c", script]).status === 0;
}

/** What systemd has to say against a unit; undefined where it is not installed. */
export function verifyUnit(path: string, home: string): string | undefined {
  const env = { HOME: home, XDG_RUNTIME_DIR: home, PATH: "/usr/bin:/bin" };
  const end = spawnSync("systemd-analyze", ["verify", "--user", path], { env, encoding: "utf8" });
  return end.error === undefined ? `${end.status} ${end.stdout}${end.stderr}` : undefined;
}
