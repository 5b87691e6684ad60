import { alias, type Picture } from "./picture.ts";

/** One code, then silence. */
export const firstCall: Picture = {
  name: "first-call",
  title: "The first aws command asks for an MFA code, the next one is silent",
  columns: 64,
  prepare: () => alias,
  async play(shell, { sandbox }) {
    await shell.enter("aws s3 ls", "MFA code for phone (profile dev): ");
    await shell.run(sandbox.freshCode("alice"));
    await shell.run("aws s3 ls");
  },
};
