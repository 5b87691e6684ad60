import { expect, it } from "vitest";
import { activeProfile, type ActiveProfile } from "../../../src/core/plan/active-profile.ts";
import type { Environment } from "../../../src/core/environment.ts";

it.each<[explicit: string | undefined, env: Environment, ...ActiveProfile[keyof ActiveProfile][]]>([
  [undefined, {}, "default", "nobody"],
  ["a", {}, "a", "--profile"],
  ["a", { AWS_PROFILE: "b", AWS_DEFAULT_PROFILE: "c" }, "a", "--profile"],
  ["a", { AWS_PROFILE: "" }, "a", "--profile"],
  ["default", {}, "default", "--profile"],
  [undefined, { AWS_PROFILE: "b" }, "b", "AWS_PROFILE"],
  [undefined, { AWS_PROFILE: "b", AWS_DEFAULT_PROFILE: "c" }, "b", "AWS_PROFILE"],
  [undefined, { AWS_PROFILE: "default" }, "default", "AWS_PROFILE"],
  [undefined, { AWS_PROFILE: " b " }, " b ", "AWS_PROFILE"],
  // Empty is set: the AWS CLI looks for a profile of that name and refuses.
  [undefined, { AWS_PROFILE: "" }, "", "AWS_PROFILE"],
  [undefined, { AWS_PROFILE: "", AWS_DEFAULT_PROFILE: "c" }, "", "AWS_PROFILE"],
  [undefined, { AWS_PROFILE: undefined, AWS_DEFAULT_PROFILE: "c" }, "c", "AWS_DEFAULT_PROFILE"],
  [undefined, { AWS_DEFAULT_PROFILE: "c" }, "c", "AWS_DEFAULT_PROFILE"],
  [undefined, { AWS_DEFAULT_PROFILE: "default" }, "default", "AWS_DEFAULT_PROFILE"],
  [undefined, { AWS_DEFAULT_PROFILE: "" }, "default", "nobody"],
])("--profile %j and %j: %j, named by %s", (explicit, env, name, namedBy) => {
  expect(activeProfile(env, explicit)).toEqual({ name, namedBy });
});
