/** What a key of the keyboard does, as a terminal's own line mode has it. */
export type Key =
  | { readonly kind: "character"; readonly text: string }
  | { readonly kind: "enter" | "erase" | "erase-word" | "erase-line" | "end-of-input" }
  | { readonly kind: "signal"; readonly signal: "SIGINT" | "SIGQUIT" | "SIGTSTP" };

/** Whole sequences of arrow and function keys, then line ends, then characters. */
const keyPattern = /\x1b(?:\[[0-?]*[ -/]*[@-~]|O[ -~]|[ -~])?|\r\n|./gsu;

const controls: Readonly<Record<string, Key>> = {
  "\r": { kind: "enter" },
  "\n": { kind: "enter" },
  "\r\n": { kind: "enter" },
  "\b": { kind: "erase" },
  "\x7f": { kind: "erase" },
  "\x17": { kind: "erase-word" },
  "\x15": { kind: "erase-line" },
  "\x04": { kind: "end-of-input" },
  "\x03": { kind: "signal", signal: "SIGINT" },
  "\x1c": { kind: "signal", signal: "SIGQUIT" },
  "\x1a": { kind: "signal", signal: "SIGTSTP" },
};

/** The keys in what a terminal in raw mode sends; those that have nothing to do on a line are left out. */
export function keysIn(text: string): Key[] {
  return (text.match(keyPattern) ?? []).flatMap((part): Key[] => {
    const control = controls[part];
    if (control !== undefined) return [control];
    return /^[\p{Cc}\p{Zl}\p{Zp}]/u.test(part) ? [] : [{ kind: "character", text: part }];
  });
}

/** A line after one more key. */
export function typedLine(line: string, key: Key): string {
  switch (key.kind) {
    case "character":
      return line + key.text;
    case "erase":
      return [...line].slice(0, -1).join("");
    case "erase-word":
      return line.replace(/\S*\s*$/, "");
    case "erase-line":
      return "";
    default:
      return line;
  }
}
