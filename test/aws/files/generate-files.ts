/** The two AWS files of one made-up user. */
export interface FilePair {
  readonly config: Buffer;
  readonly credentials: Buffer;
}

/** Makes pairs of AWS files full of oddities, the same ones for the same seed; many are broken. */
export function generateFiles(seed: number, count: number): FilePair[] {
  const dice = new Dice(seed);
  return Array.from({ length: count }, () => ({
    config: file(dice, "config"),
    credentials: file(dice, "credentials"),
  }));
}

/** Chance that can be repeated: mulberry32. */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  /** A whole number from 0 up to, not including, `end`. */
  below(end: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  }

  percent(chance: number): boolean {
    return this.below(100) < chance;
  }

  one<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!;
  }

  /** `least` to `most` made things. */
  some<T>(least: number, most: number, make: () => T): T[] {
    return Array.from({ length: least + this.below(most - least + 1) }, make);
  }
}

/** What stands between the bars. */
function choices(...lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split("|"));
}

const names = choices(
  "a|b|dev|default|my dev|Ünï|名前|😀|a.b|a:b|a=b|a@b+c|%x|#a|;a|a]b|[a|a#b|it's|a\"b|a\\b",
  "\u00a0|a\u0085b|\u2003a|\t|\u001ca|a\u0000b|\ufeffa| ||-|..|a/b|__proto__|constructor",
  "profile|profile a|sso-session x|services x|preview|DEFAULT|Default",
);

/** `@` is the name. */
const headers = {
  config: {
    usual: choices("[profile @]|[profile \"@\"]|[profile '@']|[@]"),
    odd: choices(
      "[profile  @]|[profile\t@]|[ profile @]|[profile @ ]|[profilex @]|[profile@]|[Profile @]",
      '[profile x@ y]|[profile "@]|[profile "a"@\'b\']|[profile "\\"@\\\\\\x"]|[profile @\\]',
      "[profile '\\@']|[profile my\\ @]|[profile @] tail|[profile @] [x]|[profile @]]",
      '[sso-session @]|[services @]|[services "@"]|[servicesx @]|[profile\u00a0@]',
      "[default]|[DEFAULT]|[preview]|[plugins]|[]|[]]|[|[[]]",
    ),
  },
  credentials: {
    usual: choices("[@]"),
    odd: choices('[ @]|["@"]|[profile @]|[DEFAULT]|[@] # tail'),
  },
};

type File = keyof typeof headers;

const credentialKeys = choices(
  "aws_access_key_id|aws_secret_access_key|aws_session_token|aws_security_token|credential_process",
);

const otherKeys = choices(
  "region|output|mfa_serial|role_arn|source_profile|endpoint_url|s3|sts|__proto__|constructor",
  'a key|ключ|İstanbul|STRASSE|ẞ|ΑΣ|a]|-|"a"|a#b|a;b|a\u00a0|a\u0085b|\u001da|a\u0000',
  "%(x)s|$HOME|a[b",
);

const values = choices(
  "|x|us-east-1|arn:aws:iam::123456789012:mfa/phone|a = b|a: b|a=b:c|=|:|x ; note|x # note",
  '#x|;x|%(region)s|%|${HOME}|~|"quoted"|\'x|\\|é|名|😀|x\u00a0|\u0085x|a\u2028b|a\u000bb',
  "a\u001cb|\u2003|\ufeff|[x]|[x|x]|a\u0000b|a\tb|  x  |wJalrXUtnFEMI/K7MDENG+EXAMPLEKEY",
);

const separators = choices(" = | = | = |=|:|: |\t=\t| =|= |  :  |\u00a0=\u2003");
const indents = choices(" |  |\t|    |\u00a0|\u2003 |\u001f|\u000c");
const blanks = choices("|| |\t|\u00a0|    ");
const comments = choices("# x|; x|  # x|\t;x = y|#[profile z]|\u00a0#|#");
const continuations = choices("x|[b]|[profile z]|a = b|key|=|a: b|= b|a =|x # y");
const faults = choices("no separator|= no key|: no key|\u00a0= no key|[|[]|x");

function file(dice: Dice, kind: File): Buffer {
  if (dice.percent(5)) return Buffer.alloc(0);
  const used = new Set<string>();
  const lines = dice.some(0, 2, () => dice.one([...blanks, ...comments]));
  const sections = dice.some(1, 5, () => sectionLines(dice, kind, used));
  lines.push(...sections.flat());
  const damages = dice.percent(12) ? 1 + dice.below(3) : 0;
  for (let times = 0; times < damages; times++) damage(dice, lines);
  return bytes(dice, lines);
}

function sectionLines(dice: Dice, kind: File, used: Set<string>): string[] {
  let first = header(dice, kind, dice.one(names));
  // A section that stands there twice is refused, so that is left to the damage.
  while (used.has(first)) first = header(dice, kind, `${dice.one(names)}${dice.below(100)}`);
  used.add(first);
  const indent = dice.percent(5) ? dice.one(indents) : "";
  const keys = new Set(
    dice.some(0, 5, () => dice.one(dice.percent(60) ? credentialKeys : otherKeys)),
  );
  const entries = [...keys].flatMap((key) => entryLines(dice, anyCase(dice, key)));
  return [indent + first, ...entries, ...dice.some(0, 2, () => dice.one(blanks))];
}

function header(dice: Dice, kind: File, name: string): string {
  const { usual, odd } = headers[kind];
  const oddness = kind === "config" ? 40 : 15;
  return dice.one(dice.percent(oddness) ? odd : usual).replace("@", () => name);
}

function entryLines(dice: Dice, key: string): string[] {
  const indent = dice.percent(3) ? dice.one(indents) : "";
  const value = dice.percent(12) ? "" : dice.one(values);
  const lines = [indent + key + dice.one(separators) + value];
  if (dice.percent(20)) lines.push(...dice.some(1, 3, () => continuation(dice, value === "")));
  if (dice.percent(10)) lines.push(dice.one([...blanks, ...comments]));
  return lines;
}

/** A line that goes on with a value; in a nested block nearly always one that may stand there. */
function continuation(dice: Dice, nested: boolean): string {
  if (dice.percent(15)) return dice.one([...blanks, ...comments]);
  const odd = !nested || dice.percent(3);
  const content = odd ? dice.one(continuations) : `${dice.one(otherKeys)} = ${dice.one(values)}`;
  return dice.one(indents) + content;
}

function anyCase(dice: Dice, key: string): string {
  if (dice.percent(90)) return key;
  return dice.percent(50) ? key.toUpperCase() : key.charAt(0).toUpperCase() + key.slice(1);
}

/** Changes one line; the file may be broken after that, or mean something else, or the same. */
function damage(dice: Dice, lines: string[]): void {
  const at = dice.below(lines.length);
  const line = lines[at] ?? "";
  const column = dice.below(line.length + 1);
  const changed = dice.one([
    [],
    [line, line],
    [line, dice.one(lines) ?? ""],
    [dice.one(indents) + line],
    [line.trimStart()],
    [line.slice(0, column) + line.slice(column + 1)],
    [line.slice(0, column) + dice.one(["=", ":", "[", "]", "#", '"', " "]) + line.slice(column)],
    [line, dice.one(faults)],
  ]);
  lines.splice(at, 1, ...changed);
}

function bytes(dice: Dice, lines: readonly string[]): Buffer {
  const end = dice.percent(80) ? "\n" : dice.one(["\r\n", "\r", "\n\r", "\r\r\n"]);
  const mark = dice.percent(1) ? "\ufeff" : "";
  const text = Buffer.from(mark + lines.join(end) + (dice.percent(80) ? end : ""));
  if (!dice.percent(2)) return text;
  const at = dice.below(text.length + 1);
  const wrong = Buffer.from(dice.one(["ff", "c3", "c080", "eda080", "f4908080", "e28080"]), "hex");
  return Buffer.concat([text.subarray(0, at), wrong, text.subarray(at)]);
}
