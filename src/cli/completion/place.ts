import type { Command, Option } from "commander";

/** How far some words have led into the program. */
export interface Place {
  readonly command: Command;
  /** What it has been given already. */
  readonly given: readonly Option[];
  /** The option whose value comes next. */
  readonly awaiting: Option | undefined;
  /** Its arguments so far, each with its index among the words. */
  readonly operands: readonly { readonly word: string; readonly index: number }[];
  /** Whether `--` has come, after which nothing is an option. */
  readonly optionsAreOver: boolean;
}

/** Reads whole words as the program would. */
export function placeAfter(program: Command, words: readonly string[]): Place {
  const start = { given: [], awaiting: undefined, operands: [], optionsAreOver: false };
  return words.reduce<Place>(step, { ...start, command: program });
}

function step(place: Place, word: string, index: number): Place {
  const { command, given, awaiting, operands, optionsAreOver } = place;
  if (awaiting !== undefined) return { ...place, awaiting: undefined };
  if (word === "--" && !optionsAreOver) return { ...place, optionsAreOver: true };
  if (word.startsWith("-") && !optionsAreOver) {
    const option = optionNamed(command, word);
    if (option === undefined) return place;
    const takesNext = option.required && !word.includes("=");
    return { ...place, given: [...given, option], awaiting: takesNext ? option : undefined };
  }
  const named = operands.length === 0 ? commandNamed(command, word) : undefined;
  if (named !== undefined) return { ...place, command: named, given: [] };
  return { ...place, operands: [...operands, { word, index }] };
}

/** The option that `--name`, `--name=value` or `-n` means. */
export function optionNamed(command: Command, word: string): Option | undefined {
  const [flag] = word.split("=", 1);
  return [...command.options, ...optionsOf(command)].find(
    ({ long, short }) => long === flag || short === flag,
  );
}

/** The options that help shows. */
export function optionsOf(command: Command): readonly Option[] {
  return command.createHelp().visibleOptions(command);
}

function commandNamed(parent: Command, word: string): Command | undefined {
  return parent.commands.find(
    (command) => command.name() === word || command.aliases().includes(word),
  );
}
