import type { Caller, TemporaryCaller } from "./caller.ts";
import { randomId, randomSecretKey, randomToken } from "./random-ids.ts";
import type { SandboxUser } from "./world.ts";

type Bearer = TemporaryCaller extends infer Each
  ? Each extends TemporaryCaller
    ? Omit<Each, "accessKeyId" | "secretAccessKey" | "sessionToken" | "expiresAt">
    : never
  : never;

/** Every key that the sandbox knows: the users' own and the temporary ones it gave out. */
export class CredentialsIssued {
  readonly #callers = new Map<string, Caller>();
  readonly #tokenLength: number;

  constructor(users: readonly SandboxUser[], tokenLength: number) {
    this.#tokenLength = tokenLength;
    for (const user of users) {
      for (const key of user.keys) {
        this.#callers.set(key.accessKeyId, { kind: "long-term", user, ...key });
      }
    }
  }

  /** Whose access key this is. */
  find(accessKeyId: string): Caller | undefined {
    return this.#callers.get(accessKeyId);
  }

  /** Gives out temporary keys. */
  issue(bearer: Bearer, expiresAt: number): TemporaryCaller {
    const caller: TemporaryCaller = {
      ...bearer,
      accessKeyId: randomId("ASIA"),
      secretAccessKey: randomSecretKey(),
      sessionToken: randomToken(this.#tokenLength),
      expiresAt,
    };
    this.#callers.set(caller.accessKeyId, caller);
    return caller;
  }

  /** Makes an access key unknown from now on. */
  revoke(accessKeyId: string): void {
    this.#callers.delete(accessKeyId);
  }

  /** Lets every temporary key end at `now` (milliseconds since 1970). */
  expireAll(now: number): void {
    for (const [id, caller] of this.#callers) {
      if (caller.kind !== "long-term") {
        this.#callers.set(id, { ...caller, expiresAt: Math.min(caller.expiresAt, now) });
      }
    }
  }
}
