import { buildWorld } from "./build-world.ts";
import { CredentialsIssued } from "./credentials-issued.ts";
import { OneTimeCodes } from "./one-time-codes.ts";
import type { State } from "./operation.ts";
import type { SandboxOptions } from "./sandbox-options.ts";

/** Everything that a sandbox keeps, as it is at the start; `now` is its clock. */
export function createState(options: SandboxOptions, now: () => Date): State {
  const world = buildWorld(options);
  const devices = world.users.flatMap((user) => user.devices);
  const clock = (): number => now().getTime();
  return {
    world,
    credentials: new CredentialsIssued(world.users, options.tokenLength ?? 400),
    codes: new Map(devices.map((device) => [device.serial, new OneTimeCodes(device, clock)])),
    sessionSeconds: options.sessionSeconds,
    now,
  };
}
