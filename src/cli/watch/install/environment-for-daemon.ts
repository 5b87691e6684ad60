import { isAbsolute, resolve } from "node:path";
import {
  daemonEnvironment,
  type DaemonEnvironment,
} from "../../../core/daemon/daemon-environment.ts";
import type { Environment } from "../../../core/environment.ts";
import { expandPath } from "../../../system/paths.ts";

/** What of this environment a service gets that Node runs out of that folder. */
export function environmentForDaemon(env: Environment, nodeFolder: string): DaemonEnvironment {
  return daemonEnvironment(env, {
    nodeFolder,
    isAbsolute,
    absolute: (path) => resolve(path),
    expanded: (path) => resolve(expandPath(env, path)),
  });
}
