import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../support/run.ts";

test("the bench still finds its way around: each of its commands runs once", async () => {
  const bench = join(import.meta.dirname, "../../scripts/bench.mjs");
  const env = { PATH: process.env["PATH"] ?? "" };
  const ended = await run(process.execPath, [bench, "1"], { env });
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  expect(ended.stdout.match(/^\| session/gm)).toHaveLength(3);
});
