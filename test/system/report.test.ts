import { afterAll, beforeAll, expect, test } from "vitest";
import { bundle, type Program } from "../fixtures/bundle.ts";
import { run } from "../support/run.ts";

let worker: Program;
beforeAll(async () => {
  worker = await bundle("report-worker");
});
afterAll(() => worker.remove());

const said = ["first", "once", "twice", "first"].map((text) => `awsmfa: ${text}\n`).join("");
const debugged = ["decided", "decided late"].map((text) => `awsmfa: debug: ${text}\n`).join("");

test.each([
  [undefined, said, "done\n"],
  ["", said, "done\n"],
  ["0", said, "done\n"],
  ["false", said, "done\n"],
  ["1", said + debugged, "asked\ndone\n"],
  ["yes", said + debugged, "asked\ndone\n"],
])("with AWS_MFA_DEBUG=%s", async (value, stderr, stdout) => {
  const env = value === undefined ? worker.env : { ...worker.env, AWS_MFA_DEBUG: value };
  const ended = await run(process.execPath, [worker.file], { env });
  expect(ended).toEqual({ code: 0, signal: null, stdout, stderr });
});

test.each([
  ["closed", "2>&-"],
  ["full", "2>/dev/full"],
  ["a pipe that nobody reads", "2> >(exec sleep 0)"],
  ["read-only", "2</dev/null"],
])("a stderr that is %s costs the messages and no more", async (_title, redirection) => {
  const script = `sleep 0.1; exec "$@" ${redirection}`;
  const args = ["--norc", "-c", script, "bash", process.execPath, worker.file];
  expect(await run("/bin/bash", args, worker)).toMatchObject({ code: 0, stdout: "done\n" });
});
