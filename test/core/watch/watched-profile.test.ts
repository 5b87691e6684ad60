import { expect, it } from "vitest";
import { watchedProfile } from "../../../src/core/watch/watched-profile.ts";
import { saidBy, spelledFiles } from "../../support/spelled-files.ts";

it.each<[said: string, sections: string, profile: string, why?: string]>([
  ["", "", "default"],
  ["", "[default] [default-mfa]", "default"],
  ["AWS_PROFILE=dev", "[dev]", "dev"],
  ["AWS_DEFAULT_PROFILE=dev", "[dev]", "dev"],
  ["AWS_PROFILE=dev AWS_DEFAULT_PROFILE=prod", "[dev] [prod]", "dev"],
  ["AWS_PROFILE='' AWS_DEFAULT_PROFILE=prod", "[prod]", "prod"],
  ["AWS_PROFILE='' AWS_DEFAULT_PROFILE=''", "", "default"],
  ["AWS_PROFILE=nobody", "", "nobody", "the plan says that it is not there"],
  ["AWS_PROFILE=dev-mfa", "[dev] [dev-mfa]", "dev", "programs use what is written for it"],
  ["AWS_PROFILE=dev-mfa", "[dev]", "dev", "before it was ever written"],
  ["AWS_PROFILE=dev-mfa", "[profile dev]", "dev"],
  ["AWS_DEFAULT_PROFILE=dev-mfa", "[dev]", "dev"],
  ["AWS_PROFILE=dev-mfa", "[dev-mfa]", "dev-mfa", "a profile of that name, and no other"],
  ["AWS_PROFILE=dev-mfa", "", "dev-mfa"],
  ["AWS_PROFILE=dev-mfa-mfa", "[dev] [dev-mfa]", "dev-mfa"],
  ["AWS_PROFILE=dev-MFA", "[dev] [dev-MFA]", "dev-MFA"],
  ["AWS_PROFILE=-mfa", "[dev]", "-mfa"],
])("%s with %s: %s", (said, sections, profile) => {
  expect(watchedProfile(saidBy(said), spelledFiles(sections))).toBe(profile);
});
