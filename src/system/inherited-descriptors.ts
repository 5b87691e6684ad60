import { lstatSync, readdirSync, readlinkSync } from "node:fs";
import { variable, type Environment } from "../core/environment.ts";

/**
 * The descriptors above stderr that somebody opened for us (`3<file`, a lock, make's job server), which
 * Node would close for a child. To be asked before we open anything ourselves. Undefined elsewhere than on
 * Linux, where nothing tells them from Node's own.
 */
export function inheritedDescriptors(
  env: Environment,
  platform: NodeJS.Platform = process.platform,
): number[] | undefined {
  if (platform !== "linux") return undefined;
  const open = openDescriptors();
  const inherited = open.filter((one) => !isNodesOwn(one, open)).map(({ fd }) => fd);
  return [...new Set([...inherited, ...jobServer(env)])].filter((fd) =>
    open.some((one) => one.fd === fd),
  );
}

interface Descriptor {
  readonly fd: number;
  /** What it leads to, as proc(5) names it. */
  readonly target: string;
  readonly writable: boolean;
}

function openDescriptors(): Descriptor[] {
  return readdirSync("/proc/self/fd").flatMap((name): Descriptor[] => {
    const path = `/proc/self/fd/${name}`;
    try {
      const writable = (lstatSync(path).mode & 0o200) !== 0;
      return Number(name) > 2 ? [{ fd: Number(name), target: readlinkSync(path), writable }] : [];
    } catch {
      // The one that the folder was read by.
      return [];
    }
  });
}

/** Node holds both ends of its pipes. So does make of its job server's, but a variable names that. */
function isNodesOwn({ target, writable }: Descriptor, open: readonly Descriptor[]): boolean {
  if (target.startsWith("anon_inode:") || target === "/dev/null") return true;
  if (!target.startsWith("pipe:")) return false;
  return open.some((other) => other.target === target && other.writable !== writable);
}

/** GNU make hands its job server on as `--jobserver-auth=3,4` (`-fds` before 4.2). */
function jobServer(env: Environment): number[] {
  const flags = variable(env, "MAKEFLAGS") ?? "";
  const [, read, write] = /--jobserver-(?:auth|fds)=(\d+),(\d+)/.exec(flags) ?? [];
  return read === undefined ? [] : [Number(read), Number(write)];
}
