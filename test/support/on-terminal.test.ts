import { expect, test } from "vitest";
import { shellOnTerminal } from "./on-terminal.ts";

// Of terminals that are not held open, some 5 in 1,000 are taken for ended before their last line is read.
test("what a program says last is shown, be it the end of it", { timeout: 60_000 }, async () => {
  const shells = Array.from({ length: 4 }, async (_, index) => {
    for (let round = 0; round < 250; round++) {
      const shell = shellOnTerminal(`echo up; read -r line; echo "last of $line"`, {});
      await shell.until("up");
      shell.type(`${index}\r`);
      await expect(shell.until(`last of ${index}`)).resolves.toBeUndefined();
    }
  });
  await Promise.all(shells);
});
