import { readFileSync } from "node:fs";
import { join } from "node:path";

const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");

/** The README's blocks of that language. */
export function readmeBlocks(language: "sh" | "console" | "ini"): string[] {
  const blocks = [...readme.matchAll(/^```(\w+)\n(.*?)^```/gms)];
  return blocks.filter(([, name]) => name === language).map(([, , text = ""]) => text);
}

/** The commands in the README's blocks of that language, without prompts, answers and comments. */
export function readmeLines(language: "sh" | "console"): string[] {
  const lines = readmeBlocks(language).flatMap((text) => text.trimEnd().split("\n"));
  const commands = language === "sh" ? lines : lines.filter((line) => line.startsWith("$ "));
  return commands.map((line) => line.replace(/^\$ /, "").replace(/\s{2,}#.*$/, ""));
}

/** The rows of the table that begins with this column, as the texts of their code spans. */
export function readmeTable(firstColumn: string): { name: string; code: string[] }[] {
  const start = readme.indexOf(`| ${firstColumn} `);
  const table = readme.slice(start, readme.indexOf("\n\n", start)).split("\n").slice(2);
  return table.map((row) => ({
    name: row.slice(2, row.indexOf("|", 2)).trim(),
    code: [...row.matchAll(/(`+)(.*?)\1(?!`)/g)].map(([, , code = ""]) =>
      code.replaceAll("\\|", "|"),
    ),
  }));
}
