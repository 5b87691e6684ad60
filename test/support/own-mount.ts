import { execFileSync } from "node:child_process";

const isRoot = process.getuid?.() === 0;

/** A file system of our own, which ends with its process: no unmounting, nothing left behind. */
const ownMount = ["--mount", ...(isRoot ? [] : ["--user", "--map-root-user"])];

/** Whether this machine lets us mount one. */
export const canMount = succeeds("unshare", [...ownMount, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]);

/** A shell script that mounts a tmpfs with these options over a folder, copies its files and runs `then`. */
export function mounted(folder: string, options: string, then: string): string {
  return `exec unshare ${ownMount.join(" ")} /bin/sh -c '
     cp -r "${folder}" "$HOME/copy" &&
     mount -t tmpfs -o ${options} tmpfs "${folder}" &&
     cp -r "$HOME/copy/." "${folder}"
     ${then}' sh "$@"`;
}

/** A command without the rights that root has over the files of others, and over its own. */
export const unprivileged = isRoot ? "exec setpriv --inh-caps=-all --bounding-set=-all" : "exec";

function succeeds(file: string, args: readonly string[]): boolean {
  try {
    execFileSync(file, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
