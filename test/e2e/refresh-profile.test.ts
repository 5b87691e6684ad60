import { expect, test } from "vitest";
import { startRefreshHome } from "./refresh-home.ts";

test.concurrent.each<[args: string[], env: Record<string, string>, profile: string, why?: string]>([
  [[], {}, "default"],
  [[], { AWS_PROFILE: "a" }, "a"],
  [[], { AWS_DEFAULT_PROFILE: "b" }, "b"],
  [[], { AWS_PROFILE: "a", AWS_DEFAULT_PROFILE: "b" }, "a"],
  [["--profile", "c"], { AWS_PROFILE: "a", AWS_DEFAULT_PROFILE: "b" }, "c"],
  [["--profile=c", "--profile=d"], {}, "d", "the last one, as for aws"],
  [["--profile="], { AWS_PROFILE: "a" }, "a", "an empty one says nothing"],
  [[], { AWS_PROFILE: "", AWS_DEFAULT_PROFILE: "b" }, "b"],
  [[], { AWS_PROFILE: "", AWS_DEFAULT_PROFILE: "" }, "default"],
])("refresh %j with %j: profile %s", async (args, env, profile) => {
  await using home = await startRefreshHome(() => "# empty\n");
  const stderr = expect.stringContaining(`there is no section [${profile}-long-term]`);
  expect(await home.refreshWithCode(args, env)).toMatchObject({ code: 253, stdout: "", stderr });
});
