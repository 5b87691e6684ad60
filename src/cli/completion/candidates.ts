import type { Command, Option } from "commander";
import { optionNamed, optionsOf, placeAfter, type Place } from "./place.ts";

/** What a word can be. */
export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** What can stand there: one of these, or a command line of its own, which begins at the word `from`. */
export type Completion =
  | { readonly kind: "candidates"; readonly candidates: readonly Candidate[] }
  | { readonly kind: "command-line"; readonly from: number };

/** Names that the program itself does not hold. */
export interface Names {
  profiles(): readonly string[];
  /** Those whose keys `refresh` finds under a name of their own, and all others. */
  longTermProfiles(): readonly string[];
  /** Those with a stored session. */
  storedProfiles(): readonly string[];
}

/**
 * What the last of these words can be, the others being those between `awsmfa` and it. Of the last word
 * only the kind counts: which candidates its letters fit is for each shell to say in its own way.
 */
export function completionOf(program: Command, words: readonly string[], names: Names): Completion {
  const last = words.at(-1) ?? "";
  const place = placeAfter(program, words.slice(0, -1));
  const isExec = place.command.name() === "exec";
  const [begun] = place.operands;
  if (isExec && begun !== undefined) return { kind: "command-line", from: begun.index };
  if (place.awaiting !== undefined)
    return among(named(valuesOf(place.awaiting, place.command, names)));
  if (last.startsWith("-") && !place.optionsAreOver) return among(optionsAt(place, last, names));
  if (isExec) return { kind: "command-line", from: words.length - 1 };
  const given = new Set(place.operands.map(({ word }) => word));
  return among(operandsAt(program, place, names).filter(({ value }) => !given.has(value)));
}

function among(candidates: readonly Candidate[]): Completion {
  return { kind: "candidates", candidates };
}

function optionsAt({ command, given }: Place, word: string, names: Names): Candidate[] {
  const equals = word.indexOf("=");
  if (equals < 0) {
    return optionsOf(command)
      .filter((option) => !given.includes(option))
      .flatMap(flagsOf);
  }
  const option = optionNamed(command, word);
  const values = option === undefined ? [] : valuesOf(option, command, names);
  return named(values.map((value) => word.slice(0, equals + 1) + value));
}

function flagsOf({ long, short, description }: Option): Candidate[] {
  return [long, short].flatMap((value) => (value === undefined ? [] : [{ value, description }]));
}

function valuesOf(option: Option, command: Command, names: Names): readonly string[] {
  if (option.long !== "--profile") return option.argChoices ?? [];
  return command.name() === "refresh" ? names.longTermProfiles() : names.profiles();
}

function operandsAt(program: Command, { command, operands }: Place, names: Names): Candidate[] {
  const { registeredArguments: all } = command;
  const next = all[operands.length] ?? all.findLast(({ variadic }) => variadic);
  if (command === program) return operands.length === 0 ? commandsOf(program) : [];
  if (next === undefined) return [];
  if (command.name() === "help") return commandsOf(program);
  const profiles: Record<string, () => readonly string[]> = {
    clean: names.storedProfiles,
    migrate: names.profiles,
  };
  return named(profiles[command.name()]?.() ?? next.argChoices ?? []);
}

/** Without the aliases: they would make the names that they abbreviate ambiguous. */
function commandsOf(program: Command): Candidate[] {
  return program
    .createHelp()
    .visibleCommands(program)
    .map((command) => ({
      value: command.name(),
      description: command.summary() || command.description(),
    }));
}

/** Names that describe themselves. */
function named(values: readonly string[]): Candidate[] {
  return values.map((value) => ({ value, description: "" }));
}
