import type { Context } from "../../core/context.ts";
import type { EndpointAccess } from "../../core/endpoint/endpoint-assignments.ts";
import type { Supply } from "../../session/supply-session.ts";
import { EndpointServer } from "./endpoint-server.ts";
import { Keeper } from "./keeper.ts";

/** Where sessions are while they are served. */
export interface Serving {
  /** How a program gets the first one. */
  readonly access: EndpointAccess;
  /** By the names of their profiles. */
  readonly urls: ReadonlyMap<string, string>;
}

/** Serves sessions, and renews them, for as long as something takes. Nothing of that is left then. */
export async function serveDuring<Done>(
  context: Context,
  supplies: readonly [Supply, ...Supply[]],
  during: (serving: Serving) => Promise<Done>,
): Promise<Done> {
  const keeper = new Keeper(context, supplies, process.argv[1] ?? "");
  const endpoint = await EndpointServer.open(keeper.served);
  try {
    keeper.begin();
    const [{ profile: first }] = supplies;
    const names = [...keeper.served.keys()];
    return await during({
      access: { url: endpoint.url(first), token: endpoint.token },
      urls: new Map(names.map((name) => [name, endpoint.url(name)])),
    });
  } finally {
    endpoint.close();
    await keeper.end();
  }
}
