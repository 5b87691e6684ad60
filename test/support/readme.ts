import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A page as it is written; its path is from the project's root. */
export function readPage(path: string): string {
  return readFileSync(join(import.meta.dirname, "../..", path), "utf8");
}

const readme = readPage("README.md");

/** A page's blocks of that language. */
export function blocksOf(page: string, language: string): string[] {
  const blocks = [...page.matchAll(/^```(\w+)\n(.*?)^```/gms)];
  return blocks.filter(([, name]) => name === language).map(([, , text = ""]) => text);
}

/** What stands below a heading of a page (`## Ruby`), up to the next one of its kind. */
export function sectionOf(page: string, heading: string): string {
  const start = page.indexOf(`\n${heading}\n`);
  if (start < 0) throw new Error(`There is no "${heading}".`);
  const end = page.indexOf("\n## ", start + 1);
  return page.slice(start, end < 0 ? undefined : end);
}

/** The README's blocks of that language. */
export function readmeBlocks(language: "sh" | "console" | "ini"): string[] {
  return blocksOf(readme, language);
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
