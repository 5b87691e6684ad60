import { expect, test } from "vitest";
import { cmd } from "../../src/shell/cmd.ts";
import { hostileValues } from "./hostile-values.ts";

test.each([
  [cmd.set("A", "b"), 'set "A=b"'],
  [cmd.set("A", "b "), 'set "A=b "'],
  [cmd.set("A", ""), 'set "A="'],
  [cmd.set("A", "b=c"), 'set "A=b=c"'],
  [cmd.set("A", "'"), `set "A='"`],
  [cmd.set("A", "a&b|c<d>e^f(g)"), 'set "A=a&b|c<d>e^f(g)"'],
  [cmd.set("A", "C:\\a\\"), 'set "A=C:\\a\\"'],
  [cmd.set("A", "/?"), 'set "A=/?"'],
  [cmd.set("A", ";a;"), 'set "A=;a;"'],
  [cmd.set("A", "é"), 'set "A=é"'],
  [cmd.set("A", "x".repeat(8183)), `set "A=${"x".repeat(8183)}"`],
  [cmd.unset("A"), 'set "A="'],
  [cmd.fail(253), "cmd /c exit 253"],
  [cmd.quote("a b"), '"a b"'],
  [cmd.quote(""), '""'],
])("%s (not run: by its documented rules)", (statement, expected) => {
  expect(statement).toBe(expected);
});

const refusal = {
  code: "UnwritableForCmd",
  exitCode: 253,
  message: 'a value has a character that cmd cannot take: " % ! or a line end.',
};

test.each(['se"cret', "se%cret", "%secret%", "secret!", "se\ncret", "se\rcret", "se\x1Acret"])(
  "%j is refused, and not shown",
  (value) => {
    expect(() => cmd.set("A", value)).toThrow(expect.objectContaining(refusal));
    expect(() => cmd.quote(value)).toThrow(expect.objectContaining(refusal));
  },
);

test("what is longer than a line is refused: cmd would cut it", () => {
  const message = "a value is longer than cmd's lines, 8191 characters.";
  expect(() => cmd.set("A", "x".repeat(8184))).toThrow(expect.objectContaining({ message }));
});

test("what is not refused stands in one pair of quotes (not run: by its documented rules)", () => {
  const written = hostileValues.flatMap((value) => {
    try {
      return [[value, cmd.set("A", value)] as const];
    } catch {
      return [];
    }
  });
  expect(written.length).toBeGreaterThanOrEqual(100);
  for (const [value, statement] of written) {
    expect(/^set "A=([^"%!\r\n]*)"$/.exec(statement)?.[1]).toBe(value);
  }
});
