import type { Environment } from "./environment.ts";

/** What the world gives to every part that needs it; nothing reads these by itself. */
export interface Context {
  readonly env: Environment;
  readonly now: () => Date;
  readonly report: Report;
  /** The code that an option gave (`--token`). */
  readonly token?: string | undefined;
  /** Gives a code of the device with that serial, in the place of all other sources. */
  readonly codeProvider?: ((serial: string) => Promise<string | undefined>) | undefined;
  /** Sends the requests to STS, in the place of our own way: a request handler of the AWS SDK. */
  readonly requestHandler?: unknown;
  /** How many seconds to wait for whoever, or whatever program, gives a code or keys; for ever without it. */
  readonly patienceSeconds?: number;
  /** Has whatever else reads the terminal leave it to us; what it gives is to be called afterwards. */
  readonly borrowTerminal?: () => Promise<() => void>;
  /** Aborted where another process wants to ask instead: whoever is being asked is asked no more. */
  readonly givesWay?: AbortSignal;
}

/** Messages for the user, on stderr. */
export interface Report {
  /** A warning or a notice: begins with `awsmfa: `. */
  say(text: string): void;
  /** The same, unless this very text was said before: what is wrong with a file that is read often. */
  sayOnce(text: string): void;
  /** A decision, printed under `AWS_MFA_DEBUG=1` alone; a function is called only then. */
  debug(text: string | (() => string)): void;
  /** Waits until what was said can be read, where another process says it: a prompt stands below that. */
  told?(): Promise<void>;
}
