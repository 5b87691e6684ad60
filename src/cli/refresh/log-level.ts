import { InvalidArgumentError, Option } from "commander";
import type { Report } from "../../core/context.ts";
import { stderrReport } from "../../system/report.ts";

/** The levels of Python's `logging`, which aws-mfa takes. */
const levels = ["CRITICAL", "ERROR", "WARNING", "INFO", "DEBUG", "NOTSET"] as const;

export type LogLevel = (typeof levels)[number];

/** `--log-level`: how much is told of what is done; what is wrong is told at every level. */
export function logLevelOption(): Option {
  return new Option("--log-level <level>", "WARNING tells less, DEBUG more")
    .default("INFO", "INFO")
    .argParser((text): LogLevel => {
      const level = levels.find((known) => known === text.toUpperCase());
      if (level !== undefined) return level;
      throw new InvalidArgumentError(`It takes one of ${levels.join(", ")}.`);
    });
}

/** The report for a level, and what tells of the course of things. */
export function reportAt(level: LogLevel, report: Report): { report: Report; tell: Report["say"] } {
  switch (level) {
    case "CRITICAL":
    case "ERROR":
    case "WARNING":
      return { report, tell: () => undefined };
    case "INFO":
      return { report, tell: report.say };
    case "DEBUG":
    case "NOTSET": {
      const loud = stderrReport({ AWS_MFA_DEBUG: "1" });
      return { report: loud, tell: loud.say };
    }
  }
}
