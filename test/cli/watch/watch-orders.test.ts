import { Command } from "commander";
import { describe, expect, it } from "vitest";
import type { WatchOrder } from "../../../src/core/watch/watch-order.ts";
import { watchOptions, type WatchOptions } from "../../../src/cli/watch/watch-options.ts";
import { argumentsOf, watchOrders } from "../../../src/cli/watch/watch-orders.ts";
import { noOptions } from "../../session/watch/simulated-world.ts";
import { saidBy, spelledFiles } from "../../support/spelled-files.ts";

/** What the command line means, as commander reads it. */
function optionsOf(args: readonly string[]): WatchOptions {
  const command = new Command("watch")
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  for (const option of watchOptions()) command.addOption(option);
  return command.parse(args, { from: "user" }).opts<WatchOptions>();
}

function ordersOf(args: readonly string[], said = "", files = ""): WatchOrder[] {
  const given = { env: saidBy(said), files: spelledFiles(files) };
  return watchOrders(optionsOf(args), given);
}

function split(line: string): string[] {
  return line.split(" ").filter(Boolean);
}

describe("which profiles, and where to", () => {
  it.each<[args: string, said: string, files: string, orders: string, why?: string]>([
    ["", "", "", "default>default-mfa"],
    ["", "AWS_PROFILE=dev", "", "dev>dev-mfa"],
    ["", "AWS_PROFILE=dev-mfa", "[dev]", "dev>dev-mfa"],
    ["", "AWS_PROFILE=dev-mfa", "", "dev-mfa>dev-mfa-mfa"],
    ["--profile dev", "AWS_PROFILE=prod", "", "dev>dev-mfa"],
    ["--profile dev-mfa", "", "[dev]", "dev-mfa>dev-mfa-mfa", "it was said"],
    ["--profile dev --profile prod", "", "", "dev>dev-mfa prod>prod-mfa"],
    ["--profile= ", "AWS_PROFILE=dev", "", "dev>dev-mfa", "an empty name is none"],
    ["--profile= --profile=prod", "AWS_PROFILE=dev", "", "prod>prod-mfa"],
    ["--target work", "AWS_PROFILE=dev", "", "dev>work"],
    ["--profile dev --target work", "", "", "dev>work"],
    ["--target work --profile dev", "", "", "dev>work"],
    ["--profile a --target x --profile b --target y", "", "", "a>x b>y"],
    ["--target x --target y --profile a --profile b", "", "", "a>x b>y", "each in their order"],
    ["--profile a --profile a --target x --target y", "", "", "a>x a>y"],
    ["--profile=-x --target=--y", "", "", "-x>--y"],
    ["--target=", "", "", "default>", "the plan says that it cannot be"],
  ])("%s with %s, %s: %s", (args, said, files, orders) => {
    const shown = ordersOf(split(args), said, files).map(
      (order) => `${order.profile}>${order.target}`,
    );
    expect(shown.join(" ")).toBe(orders);
  });
});

describe("what is said for all of them", () => {
  it.each<[args: string, said: Partial<WatchOrder>]>([
    ["", {}],
    ["--mfa-serial-number PHONE", { serial: "PHONE" }],
    ["--duration 900", { duration: "900" }],
    ["--duration=", { duration: "" }],
    ["--refresh-lead-time 10", { leadTime: "10" }],
    ["--prompt-timeout 5 --once --json", {}],
    ["--duration 1 --duration 2", { duration: "2" }],
  ])("%s", (args, said) => {
    const [one, two] = ordersOf([...split(args), "--profile", "a", "--profile", "b"]);
    expect(one).toEqual({ profile: "a", target: "a-mfa", ...noOptions, ...said });
    expect(two).toEqual({ profile: "b", target: "b-mfa", ...noOptions, ...said });
  });
});

describe("what does not fit together", () => {
  it.each<[args: string, message: string, hint: string]>([
    [
      "--profile a --profile b --target x",
      "--target is given once, and --profile 2 times.",
      "Give one --target for each --profile, in their order, or none at all.",
    ],
    [
      "--profile a --target x --target y",
      "--target is given 2 times, and --profile once.",
      "Give one",
    ],
    ["--target x --target y", "--target is given 2 times", "Give one"],
    ["--profile= --profile=a --target=x --target=y", "--target is given 2 times", "Give one"],
    [
      "--profile a --profile a",
      "profile a-mfa would be written for two profiles.",
      "Name each profile once, and each --target.",
    ],
    ["--profile a --profile b --target x --target x", "profile x would be written", "Name each"],
    ["--profile a --profile b --profile c --target x --target y --target x", "profile x", "Name"],
    ["--profile a --profile b --target=\u0007 --target=\u0007", "profile ? would", "Name"],
  ])("%s: %s", (args, message, hint) => {
    let error: unknown;
    try {
      ordersOf(split(args));
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({
      code: "Usage",
      exitCode: 252,
      message: expect.stringContaining(message) as string,
      hint: expect.stringContaining(hint) as string,
    });
  });

  it.each<[args: string, code: string]>([
    ["--install systemd --once", "commander.conflictingOption"],
    ["--install cron", "commander.invalidArgument"],
    ["--install", "commander.optionMissingArgument"],
    ["--profile", "commander.optionMissingArgument"],
    ["--role x", "commander.unknownOption"],
    ["dev", "commander.excessArguments"],
  ])("%s: %s", (args, code) => {
    expect(() => optionsOf(split(args))).toThrow(expect.objectContaining({ code }));
  });
});

describe("as the arguments of a command of its own", () => {
  it.each<[args: readonly string[], said: string, line: readonly string[]]>([
    [[], "", ["--profile=default", "--target=default-mfa"]],
    [[], "AWS_PROFILE=dev", ["--profile=dev", "--target=dev-mfa"]],
    [
      ["--profile", "a", "--target", "x", "--profile", "b", "--target", "y"],
      "",
      ["--profile=a", "--profile=b", "--target=x", "--target=y"],
    ],
    [["--profile=-a b", "--target=$HOME 'x'"], "", ["--profile=-a b", "--target=$HOME 'x'"]],
    [
      [
        "--json",
        "--prompt-timeout=5",
        "--refresh-lead-time=10",
        "--duration=900",
        "--mfa-serial-number=PHONE",
        "--profile=a",
      ],
      "",
      [
        "--profile=a",
        "--target=a-mfa",
        "--mfa-serial-number=PHONE",
        "--duration=900",
        "--refresh-lead-time=10",
        "--prompt-timeout=5",
        "--json",
      ],
    ],
    [
      ["--install=systemd", "--write", "--profile=a", "--duration="],
      "",
      ["--profile=a", "--target=a-mfa", "--duration="],
    ],
  ])("%j with %j", (args, said, line) => {
    const options = optionsOf(args);
    const orders = ordersOf(args, said);
    const own = argumentsOf(orders, options);
    expect(own).toEqual(["watch", ...line]);
    // It means the same, whatever the variables say by then.
    const [, ...again] = own;
    expect(ordersOf(again, "AWS_PROFILE=other")).toEqual(orders);
    const { promptTimeout, json } = options;
    const read = optionsOf(again);
    expect([read.promptTimeout, read.json]).toEqual([promptTimeout, json]);
    expect([read.install, read.write, read.once]).toEqual([undefined, undefined, undefined]);
  });
});
