import type { Verdict } from "../scenario/verdict.js";

/** Exit codes of the command line (product.md): what a script can rely on. */
export const EXIT = {
  /** Everything passed. */
  passed: 0,
  /** Something failed. */
  failed: 1,
  /** The input is wrong: usage, a file, diagnostics. */
  input: 2,
  /** Nothing failed, something is unproven. */
  unproven: 3,
  /** A defect of ours. */
  internal: 70,
} as const;

/** An exit code. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The exit code of runs with these verdicts. */
export function exitCodeOf(verdicts: readonly Verdict[]): ExitCode {
  if (verdicts.includes("fail")) return EXIT.failed;
  return verdicts.includes("unproven") ? EXIT.unproven : EXIT.passed;
}

/** A mistake in how the command was called or in its input; shown without a stack trace. */
export class InputError extends Error {
  override readonly name = "InputError";
}
