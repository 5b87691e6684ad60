import type { SandboxOptions } from "../../src/sandbox/sandbox.ts";
import { awsCommands, python } from "../support/commands.ts";
import { blocksOf, readPage, sectionOf } from "../support/readme.ts";
import { run, type Ended } from "../support/run.ts";
import { startProcessHome, type ProcessHome } from "./process-home.ts";

/** Whom the recipes turn out to be. */
export const alice = "arn:aws:iam::123456789012:user/alice";

/** Where the recipes stand. */
export const page = readPage("docs/integrations.md");

/** A home in which the recipes of docs/integrations.md are run; askpass gives the codes. */
export interface RecipeHome extends ProcessHome {
  /** Runs lines in a folder of the user's own, until one fails. */
  bash(lines: string, more?: Readonly<Record<string, string>>): Promise<Ended>;
  /** A program as it is on the page, but for the endpoint: older SDKs know no AWS_ENDPOINT_URL. */
  atSandbox(text: string): string;
}

/** The blocks of a section of docs/integrations.md. */
export function recipes(heading: string, language: string): string[] {
  return blocksOf(sectionOf(page, `## ${heading}`), language);
}

/** Starts one whose `aws` is that program. */
export async function startRecipeHome(
  options?: Partial<SandboxOptions>,
  aws = awsCommands[0]!.path,
): Promise<RecipeHome> {
  const own = await startProcessHome(options);
  const { url } = own.sandbox;
  // Debian's knows no AWS_ENDPOINT_URL either.
  own.program("bin/aws", `exec '${aws}' --endpoint-url '${url}' "$@"`);
  own.program("bin/python3", `exec '${python}' "$@"`);
  return Object.assign(own, {
    bash: (lines: string, more: Readonly<Record<string, string>> = {}) =>
      run("/bin/bash", ["-e", "-c", `shopt -s expand_aliases\n${lines}`], {
        env: { ...own.env, ...more },
        cwd: own.home,
      }),
    atSandbox: (text: string) =>
      text
        .replace('.client("sts")', `.client("sts", endpoint_url="${url}")`)
        .replace("Client.new", `Client.new(endpoint: "${url}")`),
  });
}
