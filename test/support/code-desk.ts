import { once } from "node:events";
import { chmodSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import type { Lab } from "./lab.ts";

/** Somebody with alice's device, who is asked by a program. */
export interface CodeDesk extends AsyncDisposable {
  /** Prints what is answered: for `AWS_MFA_PROCESS`, or as an askpass program. */
  readonly program: string;
  /** How often it was run. */
  readonly asked: number;
}

/** Opens one that answers with a code of the moment, unless something else is said. */
export async function openCodeDesk(
  lab: Lab,
  answer: () => string = () => lab.sandbox.freshCode("alice"),
): Promise<CodeDesk> {
  let asked = 0;
  const server = createServer((socket) => {
    asked += 1;
    // Whoever asked may have been ended meanwhile.
    socket.on("error", () => undefined).end(`${answer()}\n`);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const script = `#!/bin/bash\nread -r code </dev/tcp/127.0.0.1/${port}\nprintf '%s\\n' "$code"\n`;
  const program = lab.write("bin/ask-for-code", script);
  chmodSync(program, 0o755);
  return {
    program,
    get asked() {
      return asked;
    },
    [Symbol.asyncDispose]: async () => void server.close(),
  };
}
