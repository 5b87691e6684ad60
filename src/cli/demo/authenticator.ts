import type { Sandbox } from "../../sandbox/sandbox.ts";
import { writeAll } from "../../system/write-all.ts";

const line = { save: "\x1b7", up: "\x1b[1A\r", clear: "\x1b[2K", restore: "\x1b8" };

/**
 * A virtual authenticator app in the line above the prompt: the current code and the seconds it has left
 * to be shown. It is rewritten when the next code comes, and shown anew when AWS has refused one.
 */
export function showAuthenticator(sandbox: Sandbox): { stop(): void } {
  let timer: NodeJS.Timeout;
  const show = (): void => {
    writeAll(2, `${display(sandbox)}\n`);
    clearTimeout(timer);
    timer = setTimeout(renew, sandbox.secondsLeft() * 1000);
  };
  const renew = (): void => {
    writeAll(2, `${line.save}${line.up}${line.clear}${display(sandbox)}${line.restore}`);
    timer = setTimeout(renew, sandbox.secondsLeft() * 1000);
  };
  show();
  // Called before the answer is sent: what is shown here stands above the prompt that follows.
  const forget = sandbox.onCall(({ operation, errorCode }) => {
    if (operation === "GetSessionToken" && errorCode !== undefined) show();
  });
  return {
    stop() {
      clearTimeout(timer);
      forget();
    },
  };
}

function display(sandbox: Sandbox): string {
  const code = sandbox.code("alice");
  const seconds = sandbox.secondsLeft();
  const bar = "█".repeat(Math.ceil(seconds / 3)).padEnd(10, "░");
  const text = `   [alice's phone]  ${code.slice(0, 3)} ${code.slice(3)}  ${seconds} s  ${bar}`;
  // A line that wraps could not be rewritten.
  return text.slice(0, (process.stderr.columns || 80) - 1);
}
