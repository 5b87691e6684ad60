import { describe, expect, it } from "vitest";
import {
  AwsmfaError,
  configurationError,
  ExitCode,
  interruptedError,
  isAwsmfaError,
} from "../../src/core/errors.ts";

describe("exit codes", () => {
  it.each<[name: keyof typeof ExitCode, code: number]>([
    ["usage", 252],
    ["configuration", 253],
    ["refused", 254],
    ["general", 255],
    ["cannotExecute", 126],
    ["commandNotFound", 127],
    ["interrupted", 130],
  ])("%s is %d", (name, code) => {
    expect(ExitCode[name]).toBe(code);
  });
});

describe("our errors", () => {
  const cause = new Error("below");

  // prettier-ignore
  it.each<[error: AwsmfaError, parts: object]>([
    [configurationError("NoTerminal", "There is no terminal."), { code: "NoTerminal", exitCode: 253, message: "There is no terminal.", hint: undefined, cause: undefined }],
    [configurationError("X", "x", { hint: "Do y.", cause }), { code: "X", exitCode: 253, hint: "Do y.", cause }],
    [interruptedError(), { code: "Interrupted", exitCode: 130 }],
    [new AwsmfaError("AWS refused.", { code: "AccessDenied", exitCode: ExitCode.refused }), { code: "AccessDenied", exitCode: 254, name: "AwsmfaError" }],
  ])("%s", (error, parts) => {
    expect(error).toMatchObject(parts);
    expect(error).toBeInstanceOf(Error);
    expect(error.stack).toContain("errors.test.ts");
    expect(isAwsmfaError(error)).toBe(true);
  });

  it.each<[name: string, value: unknown, isOurs: boolean]>([
    ["an error of another bundle", { [Symbol.for("awsmfa.error")]: true }, true],
    ["an Error", new Error("x"), false],
    ["an Error with our name", Object.assign(new Error("x"), { name: "AwsmfaError" }), false],
    ["undefined", undefined, false],
    ["null", null, false],
    ["a string", "AwsmfaError", false],
    ["a number", 253, false],
    ["an object", {}, false],
  ])("%s is one of ours: %s", (_name, value, isOurs) => {
    expect(isAwsmfaError(value)).toBe(isOurs);
  });
});
