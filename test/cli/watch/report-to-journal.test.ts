import { expect, it } from "vitest";
import { reportTo } from "../../../src/cli/watch/report-to-journal.ts";
import { silentReport } from "../../support/silent-report.ts";

/** What a journal is told, when these are to be said once. */
function told(texts: readonly string[]): string[] {
  const notices: string[] = [];
  const { sayOnce } = reportTo(
    {
      tell: (event) => void notices.push(event.kind === "notice" ? event.text : event.kind),
      idle: () => undefined,
      clear: () => undefined,
    },
    silentReport,
  );
  for (const text of texts) sayOnce(text);
  return notices;
}

const hundred = Array.from({ length: 100 }, (_, index) => `text ${index}`);

it("says a hundred texts once each, whichever comes again", () => {
  expect(told([...hundred, ...hundred, ...hundred.toReversed()])).toEqual(hundred);
});

it("forgets them with one more, so that no memory fills up", () => {
  const texts = [...hundred, "one more", "one more", ...hundred];
  expect(told(texts)).toEqual([...hundred, "one more", ...hundred]);
});
