import { describeActive, shortProfileWords } from "./describe-active.ts";
import { wrap } from "../fit-text.ts";
import type { Look } from "../look.ts";
import type { Status } from "./read-status.ts";
import { sessionTable } from "./session-table.ts";

/** What `status` prints for people: the table, and below it how things stand. */
export function statusPage(status: Status, look: Look): string {
  const { now, active, named, sessions } = status;
  const whose = named === undefined ? "" : ` of ${shortProfileWords(named, look)}`;
  const table =
    sessions.length === 0
      ? [wrap(`No session${whose} is stored.`, look)]
      : [...sessionTable(sessions, now, look), ""];
  return [...table, wrap(describeActive(active, now, look), look), ""].join("\n");
}
