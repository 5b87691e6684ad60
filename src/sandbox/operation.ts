import type { Caller } from "./caller.ts";
import type { CredentialsIssued } from "./credentials-issued.ts";
import type { Incoming } from "./incoming.ts";
import type { OneTimeCodes } from "./one-time-codes.ts";
import type { World } from "./world.ts";

/** What every operation can see and change. */
export interface State {
  readonly world: World;
  readonly credentials: CredentialsIssued;
  /** By serial. */
  readonly codes: ReadonlyMap<string, OneTimeCodes>;
  readonly sessionSeconds: number | undefined;
  readonly now: () => Date;
}

/** One call of an operation: who calls and with which parameters. */
export interface Call {
  readonly caller: Caller;
  readonly parameters: Parameters;
  readonly state: State;
}

/** The parameters of a query-protocol call by name (`Tags.member.1.Key`). */
export type Parameters = Readonly<Record<string, string>>;

/** What a request asks for, told without knowing who asks. */
export interface Request {
  /** `sts`, `iam` or `s3`; another name is a service that the sandbox lacks. */
  readonly service: string;
  readonly operation: string;
  readonly parameters: Parameters;
  readonly incoming: Incoming;
}
