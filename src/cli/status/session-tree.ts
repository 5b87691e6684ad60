import { bySummaryOrder, type SessionSummary } from "../../core/session/session-summary.ts";
import type { Look } from "../look.ts";

/** Sorts sessions by name, the roles right below what they hang on. */
export function inTreeOrder(sessions: readonly SessionSummary[]): readonly SessionSummary[] {
  const below = (parent: string | undefined): SessionSummary[] =>
    sessions
      .filter((session) => session.parent === parent)
      .sort(bySummaryOrder)
      .flatMap((session) => [session].concat(below(session.fileName)));
  return below(undefined);
}

/** Those that the session hangs on, and itself. */
export function withAncestors(
  session: SessionSummary,
  all: readonly SessionSummary[],
): readonly SessionSummary[] {
  const parent = all.find(({ fileName }) => fileName === session.parent);
  return parent === undefined ? [session] : [...withAncestors(parent, all), session];
}

const signs = {
  unicode: { between: "├ ", last: "└ ", through: "│ ", blank: "  " },
  ascii: { between: "+- ", last: "`- ", through: "|  ", blank: "   " },
};

/** The branches of the tree that stand before the names of sessions, which are in its order. */
export function branchesOf(
  sessions: readonly SessionSummary[],
  { unicode }: Pick<Look, "unicode">,
): readonly string[] {
  const { between, last, through, blank } = unicode ? signs.unicode : signs.ascii;
  const lastBelow = new Map(sessions.map((session) => [session.parent, session]));
  return sessions.map((session) =>
    withAncestors(session, sessions)
      .slice(1)
      .map((one) => {
        const isLast = lastBelow.get(one.parent) === one;
        if (one === session) return isLast ? last : between;
        return isLast ? blank : through;
      })
      .join(""),
  );
}
