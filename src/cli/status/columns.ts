import { printable, printableName } from "../../core/printable.ts";
import type { SessionSummary } from "../../core/session/session-summary.ts";
import { widthOf } from "../fit-text.ts";
import type { Look } from "../look.ts";
import { branchesOf } from "./session-tree.ts";
import { localTime } from "../../core/time-words.ts";

/** A column of plain text, safe for a terminal. */
export interface Column {
  readonly title: string;
  readonly cells: readonly string[];
  /** What stands before the cells, and is not theirs. */
  readonly branches?: readonly string[];
  /** As its widest cell or its title would have it. */
  readonly width: number;
}

/** What the table can show beside the time left. */
export interface TextColumns {
  readonly profile: Column;
  readonly device: Column;
  readonly account: Column;
  readonly kind: Column;
  readonly until: Column;
}

/** All columns, whatever the room for them. */
export function textColumns(
  sessions: readonly SessionSummary[],
  now: Date,
  look: Pick<Look, "unicode">,
): TextColumns {
  const column = (title: string, cellOf: (session: SessionSummary) => string): Column => {
    const cells = sessions.map(cellOf);
    return { title, cells, width: widest([title, ...cells]) };
  };
  return {
    profile: withBranches(
      column("PROFILE", (session) => profileCell(session, look)),
      branchesOf(sessions, look),
    ),
    device: column("DEVICE", ({ device = "" }) => device),
    account: column("ACCOUNT", ({ account = "" }) => account),
    kind: column("KIND", ({ kind }) => kind.toUpperCase()),
    until: column("UNTIL", ({ expiration }) => localTime(expiration, now)),
  };
}

function withBranches(column: Column, branches: readonly string[]): Column {
  const grown = column.cells.map((cell, row) => (branches[row] ?? "") + cell);
  return { ...column, branches, width: widest([column.title, ...grown]) };
}

function widest(texts: readonly string[]): number {
  return Math.max(...texts.map((text) => widthOf(text)));
}

/** In brackets what is no profile. */
function profileCell(
  { profile, key, fileName }: SessionSummary,
  { unicode }: Pick<Look, "unicode">,
): string {
  if (profile !== undefined) return printableName(profile);
  if (key === undefined) return `(${printable(fileName)})`;
  return `(key ${unicode ? "…" : "..."}${printable(key)})`;
}
