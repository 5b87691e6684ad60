import { keysSection } from "../support/lab.ts";
import { startWatchHome, type WatchHome } from "./watch-home.ts";

const two = { users: ["alice", "bob"].map((name) => ({ name, devices: [name] })) };

/** A home with profiles dev of alice and ops of bob, whose askpass knows whom it asks. */
export async function startHomeOfTwo(): Promise<WatchHome> {
  const home = await startWatchHome(undefined, two);
  const sections = [home.user, home.sandbox.user("bob")].map((user, index) => {
    return `${keysSection(["dev", "ops"][index]!, user)}mfa_serial = ${user.serial}\n`;
  });
  home.write(".aws/credentials", sections.join("\n"));
  home.answer = () => {
    const asked = home.prompts().at(-1)!;
    return home.sandbox.freshCode(/^MFA code for (\w+)/.exec(asked)![1]!);
  };
  return home;
}
