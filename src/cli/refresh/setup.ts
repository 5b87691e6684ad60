import type { Context } from "../../core/context.ts";

/** What the command line says about the section that is to be written. */
export interface SetupOptions {
  readonly profile?: string;
  readonly longTermSuffix?: string;
}

/** `awsmfa refresh --setup`: asks for an IAM user's keys and device, and writes them. */
export async function runSetup(_context: Context, _options: SetupOptions): Promise<void> {
  throw new Error("not yet");
}
