import { expect, it } from "vitest";
import { isUtf8, wantsColors } from "../../src/cli/look.ts";
import type { Environment } from "../../src/core/environment.ts";

it.each<[env: Environment, utf8: boolean, why?: string]>([
  [{ LANG: "en_US.UTF-8" }, true],
  [{ LANG: "C.utf8" }, true],
  [{ LANG: "C" }, false],
  [{ LANG: "de_DE@euro" }, false],
  [{}, false],
  [{ LANG: "C", LC_CTYPE: "C.UTF-8" }, true],
  [{ LANG: "C.UTF-8", LC_CTYPE: "C" }, false],
  [{ LANG: "C.UTF-8", LC_CTYPE: "C.UTF-8", LC_ALL: "C" }, false],
  [{ LANG: "C.UTF-8", LC_CTYPE: "", LC_ALL: "" }, true, "empty is unset"],
])("%j can show more than ASCII: %s", (env, utf8) => {
  expect(isUtf8(env)).toBe(utf8);
});

it.each<[env: Environment, colors: boolean]>([
  [{ TERM: "xterm" }, true],
  [{}, true],
  [{ TERM: "dumb" }, false],
  [{ TERM: "xterm", NO_COLOR: "1" }, false],
  [{ TERM: "xterm", NO_COLOR: "0" }, false],
  [{ TERM: "xterm", NO_COLOR: "" }, true],
])("%j wants colours: %s", (env, colors) => {
  expect(wantsColors(env)).toBe(colors);
});
