import { request } from "node:http";
import { text } from "node:stream/consumers";
import type { SandboxOptions } from "../../src/sandbox/sandbox.ts";
import { startProcessHome, type ProcessHome } from "./process-home.ts";
import { startRunning, type Running } from "./running.ts";

type Variables = Readonly<Record<string, string>>;

/** A home whose sessions are served. */
export interface ServeHome extends ProcessHome {
  /** Starts `awsmfa serve` with these arguments, without a terminal; it ends with the home. */
  serve(args: readonly string[], more?: Variables, by?: string): Serving;
  /** Puts a session for `dev` into the store. */
  signIn(): Promise<void>;
}

/** An endpoint under way. */
export interface Serving extends Running {
  /** Waits until it is there, without a command; gives how a program gets the first profile's session. */
  access(): Promise<Access>;
}

/** How a program gets a session. */
export interface Access {
  readonly url: string;
  readonly token: string;
  readonly port: number;
}

/** What an endpoint answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readonly<Record<string, string>>;
}

/** Starts one; askpass answers with a code of the moment. */
export async function startServeHome(options?: Partial<SandboxOptions>): Promise<ServeHome> {
  const home = await startProcessHome(options);
  const all: Serving[] = [];
  const end = home[Symbol.asyncDispose].bind(home);
  return Object.assign(home, {
    serve: (args: readonly string[], more: Variables = {}, by?: string) => {
      const running = startRunning(["serve", ...args], { ...home.env, ...more }, by);
      const serving = Object.assign(running, { access: () => accessOf(running) });
      all.push(serving);
      return serving;
    },
    signIn: async () => void (await home.ask()),
    [Symbol.asyncDispose]: async () => {
      for (const serving of all) await serving[Symbol.asyncDispose]();
      await end();
    },
  });
}

async function accessOf(running: Running): Promise<Access> {
  await running.until("is served until ^C");
  const value = (name: string): string =>
    new RegExp(`${name}=['"]?([^'";\\s]+)`).exec(running.stdout)?.[1] ?? "";
  const url = value("AWS_CONTAINER_CREDENTIALS_FULL_URI");
  return {
    url,
    token: value("AWS_CONTAINER_AUTHORIZATION_TOKEN"),
    port: Number(new URL(url).port),
  };
}

/** What is asked for, where it is not what an SDK would. */
interface Differently {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
}

/** Asks an endpoint for a session. */
export function askEndpoint(
  { url, token }: Pick<Access, "url" | "token">,
  { headers, ...differently }: Differently = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { headers: { authorization: token, ...headers }, ...differently };
    const asked = request(url, options, (response) => {
      text(response)
        .then((body) =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: (body === "" ? {} : JSON.parse(body)) as Record<string, string>,
          }),
        )
        .catch(reject);
    });
    asked.once("error", reject).end();
  });
}
