import type { Sandbox } from "../../sandbox/sandbox.ts";

const line = { save: "\x1b7", up: "\x1b[1A\r", clear: "\x1b[2K", restore: "\x1b8" };

/**
 * A virtual authenticator app: the current code and its seconds left, kept up to date in the line above
 * the prompt. After a code was refused it shows itself anew, for another code is needed.
 */
export function showAuthenticator(sandbox: Sandbox): { stop(): void } {
  const show = (): void => void process.stderr.write(`${display(sandbox)}\n`);
  const update = (): void => {
    process.stderr.write(`${line.save}${line.up}${line.clear}${display(sandbox)}${line.restore}`);
  };
  show();
  let timer = setInterval(update, 1000);
  const forget = sandbox.onCall(({ operation, errorCode }) => {
    clearInterval(timer);
    if (operation !== "GetSessionToken" || errorCode === undefined) return;
    // The prompt comes back first; the display goes below it.
    timer = setTimeout(() => {
      process.stderr.write("\n");
      show();
      timer = setInterval(update, 1000);
    }, 200);
  });
  return {
    stop() {
      clearInterval(timer);
      forget();
    },
  };
}

function display(sandbox: Sandbox): string {
  const code = sandbox.code("alice");
  const seconds = sandbox.secondsLeft();
  const bar = "█".repeat(Math.ceil(seconds / 3)).padEnd(10, "░");
  return `   [alice's phone]  ${code.slice(0, 3)} ${code.slice(3)}  ${bar} ${seconds} s`;
}
