import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openCodeDesk } from "../support/code-desk.ts";
import { startLab } from "../support/lab.ts";
import { runApp, sessionsAskedFor } from "../support/sdk-app.ts";

const clockAhead = join(import.meta.dirname, "../fixtures/clock-ahead.cjs");

test("1,000 calls of one client across the ends of short sessions: a prompt each, and no error", async () => {
  await using lab = await startLab({ sessionSeconds: 10 });
  await using desk = await openCodeDesk(lab);
  const body = `
    const client = new STSClient({ credentials: fromMfaSession() });
    const arns = new Set();
    for (let call = 0; call < 1000; call++) {
      arns.add(await whoAmI(client));
      await sleep(10);
    }
    tell([...arns]);`;
  const ended = await runApp(lab, body, { AWS_MFA_PROCESS: desk.program });
  const { arn } = lab.sandbox.user("alice");
  expect(ended).toMatchObject({ code: 0, stderr: "", told: [[arn]] });
  const calls = lab.sandbox.calls.filter(({ operation }) => operation === "GetCallerIdentity");
  expect(calls).toHaveLength(1000);
  const sessions = new Set(calls.map(({ accessKeyId }) => accessKeyId)).size;
  expect(sessions).toBeGreaterThanOrEqual(3);
  expect(desk.asked).toBe(sessions);
  expect(sessionsAskedFor(lab)).toBe(sessions);
});

test("1,000 calls across two ends of sessions of twelve hours: three prompts", async () => {
  await using lab = await startLab();
  await using desk = await openCodeDesk(lab);
  const { trouble } = lab.sandbox;
  // The program, AWS and the device go by one clock, moved from here.
  const moves = [11 * 60 + 56, 12 * 60 + 10];
  const clock = createServer((socket) => {
    trouble.clockOffsetMs += moves.shift()! * 60_000;
    socket.end(String(trouble.clockOffsetMs));
  });
  clock.listen(0, "127.0.0.1");
  await once(clock, "listening");
  const { port } = clock.address() as AddressInfo;
  const body = `
    const { moveTo } = require(${JSON.stringify(clockAhead)});
    const moveClock = async () => {
      let text = "";
      for await (const chunk of require("node:net").connect(${port}, "127.0.0.1")) text += chunk;
      moveTo(Number(text));
    };
    const client = new STSClient({ credentials: fromMfaSession() });
    for (let call = 0; call < 1000; call++) {
      if (call === 400 || call === 700) await moveClock();
      await whoAmI(client);
    }
    tell("done");`;
  const ended = await runApp(lab, body, {
    AWS_MFA_PROCESS: desk.program,
    CLOCK_FILE: lab.write("clock", "0"),
  });
  clock.close();
  expect(ended).toMatchObject({ code: 0, stderr: "", told: ["done"] });
  const calls = lab.sandbox.calls.filter(({ operation }) => operation === "GetCallerIdentity");
  expect(calls.map(({ status }) => status)).toEqual(Array.from({ length: 1000 }, () => 200));
  expect(desk.asked).toBe(3);
  expect(sessionsAskedFor(lab)).toBe(3);
});
