import type { Report } from "../../core/context.ts";
import { stderrReport } from "../../system/report.ts";

/** The levels of Python's `logging`, which aws-mfa takes. */
export const logLevels = ["CRITICAL", "ERROR", "WARNING", "INFO", "DEBUG", "NOTSET"] as const;

export type LogLevel = (typeof logLevels)[number];

/** The report for a level, and what tells of the course of things; what is wrong is told at every level. */
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
      const loud = stderrReport({ debugging: true });
      return { report: loud, tell: loud.say };
    }
  }
}
