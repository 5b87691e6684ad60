import type { Reporter, TestModule, TestRunEndReason } from "vitest/node";

/** Ends the run with the one line that machines read: `N passed, N failed`. */
export default class CountReporter implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    unhandledErrors: readonly unknown[],
    reason: TestRunEndReason,
  ): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    for (const module of modules) {
      failed += module.errors().length;
      for (const test of module.children.allTests()) {
        if (test.result().state === "passed") passed++;
        else failed++;
      }
    }
    if (reason === "interrupted") failed++;
    process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  }
}
