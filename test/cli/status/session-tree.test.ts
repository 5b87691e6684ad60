import { describe, expect, it } from "vitest";
import { branchesOf, inTreeOrder, withAncestors } from "../../../src/cli/status/session-tree.ts";
import type { SessionSummary } from "../../../src/core/session/session-summary.ts";

/** `admin < dev` is a role admin that hangs on dev; `-` is a session of no profile. */
function sessions(...texts: readonly string[]): SessionSummary[] {
  return texts.map((text) => {
    const [fileName = "", parent] = text.split(" < ");
    const profile = fileName === "-" ? undefined : fileName;
    return { fileName, profile, parent } as SessionSummary;
  });
}

const names = (all: readonly SessionSummary[]): string[] => all.map(({ fileName }) => fileName);

it.each<[stored: string[], order: string[]]>([
  [[], []],
  [
    ["b", "-", "a10", "a2"],
    ["a2", "a10", "b", "-"],
  ],
  [
    ["admin < dev", "dev", "a"],
    ["a", "dev", "admin"],
  ],
  [
    ["z < dev", "b < dev", "a < z", "y < z", "dev", "c < -", "-"],
    ["dev", "b", "z", "a", "y", "-", "c"],
  ],
])("%j: %j", (stored, order) => {
  expect(names(inTreeOrder(sessions(...stored)))).toEqual(order);
});

it("a session comes with all that it hangs on, the root first", () => {
  const all = sessions("dev", "admin < dev", "deploy < dev", "vault < deploy", "deep < vault");
  const of = (name: string): string[] =>
    names(
      withAncestors(
        all.find(({ fileName }) => fileName === name)!,
        all,
      ),
    );
  expect(of("dev")).toEqual(["dev"]);
  expect(of("vault")).toEqual(["dev", "deploy", "vault"]);
  expect(of("deep")).toEqual(["dev", "deploy", "vault", "deep"]);
});

describe("branches", () => {
  it.each<[rows: string[], unicode: string[], ascii: string[]]>([
    [
      ["dev", "prod"],
      ["", ""],
      ["", ""],
    ],
    [
      ["dev", "a < dev", "b < dev", "prod", "c < prod"],
      ["", "├ ", "└ ", "", "└ "],
      ["", "+- ", "`- ", "", "`- "],
    ],
    [
      ["dev", "a < dev", "b < a", "c < b", "d < a", "e < dev", "f < e"],
      ["", "├ ", "│ ├ ", "│ │ └ ", "│ └ ", "└ ", "  └ "],
      ["", "+- ", "|  +- ", "|  |  `- ", "|  `- ", "`- ", "   `- "],
    ],
    // Its source is not among them.
    [["admin < dev"], [""], [""]],
  ])("%j", (rows, unicode, ascii) => {
    expect(branchesOf(sessions(...rows), { unicode: true })).toEqual(unicode);
    expect(branchesOf(sessions(...rows), { unicode: false })).toEqual(ascii);
  });
});
