import { Command } from "commander";
import { expect, test } from "vitest";
import { refreshOptions } from "../../src/cli/refresh/refresh-options.ts";
import { wholeOptions } from "../../src/cli/refresh/whole-options.ts";

const command = new Command("refresh");
for (const option of refreshOptions()) command.addOption(option);

test.each<[args: string, whole: string, why?: string]>([
  ["--profile dev", "--profile dev"],
  ["--prof dev --dur 1800", "--profile dev --duration 1800"],
  ["--dur=1800 --dev=x=y", "--duration=1800 --device=x=y"],
  ["--assume x", "--assume x", "a name of its own"],
  ["--assu x --assume-r x", "--assume-role x --assume-role x", "two names of one option"],
  ["--short x --long none", "--short-term-suffix x --long-term-suffix none"],
  ["--lo x", "--lo x", "--log-level, or one of the keys' suffix"],
  ["--s", "--s", "--setup, or one of the session's suffix"],
  ["--fo --ov --to 1", "--force --overwrite-long-term --token 1"],
  ["--mfa 1", "--mfa-token 1"],
  ["-- dev --", "-- dev --"],
  ["--zzz -p prof", "--zzz -p prof"],
])("%s: %s", (args, whole) => {
  expect(wholeOptions(command, args.split(" ")).join(" ")).toBe(whole);
});
