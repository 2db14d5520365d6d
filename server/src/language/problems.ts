/** Findings as lines of text that tools recognise: the command line prints them, and `$raftlab` in the manifest reads them. */
import { type Analysis, analyze } from "./check.js";
import type { Diagnostic } from "./program.js";

/** A finding with its place for people and machines: line and column from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly severity: Diagnostic["severity"];
  readonly message: string;
}

/** All diagnostics of a file's text. `file` is how a person calls the file. */
export function problemsOf(
  file: string,
  text: string,
): { readonly analysis: Analysis; readonly problems: readonly Problem[] } {
  const analysis = analyze(text);
  const problems = analysis.diagnostics.map(({ code, severity, message, span }) => {
    const line = analysis.lines.lineOf(span.start);
    const before = Math.max(text.lastIndexOf("\n", span.start - 1), text.lastIndexOf("\r", span.start - 1));
    const column = span.start === 0 ? 1 : span.start - before;
    return { file, line, column, code, severity, message };
  });
  return { analysis, problems };
}

/**
 * `FILE:LINE:COLUMN: severity: message [code]`, always one line.
 *
 * @param shown the severity as it is shown: in colour, on a terminal
 */
export function problemText(
  { file, line, column, severity, message, code }: Problem,
  shown: string = severity,
): string {
  return `${file}:${line}:${column}: ${shown}: ${message.replace(/\s*[\r\n]+\s*/g, " ")} [${code}]`;
}
