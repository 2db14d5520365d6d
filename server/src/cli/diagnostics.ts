import { type Analysis, analyze } from "../language/check.js";
import type { Diagnostic } from "../language/program.js";
import { TextLines } from "../language/text-lines.js";
import { paint, type Terminal } from "./output.js";

/** A diagnostic with its place for people and machines: line and column from 1. */
export interface PlacedDiagnostic {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly severity: Diagnostic["severity"];
  readonly message: string;
}

/** All diagnostics of a file's text. */
export function diagnose(
  file: string,
  text: string,
): { readonly analysis: Analysis; readonly diagnostics: readonly PlacedDiagnostic[] } {
  const analysis = analyze(text);
  const lines = new TextLines(text);
  const diagnostics = analysis.diagnostics.map(({ code, severity, message, span }) => {
    const line = lines.lineOf(span.start);
    const before = Math.max(text.lastIndexOf("\n", span.start - 1), text.lastIndexOf("\r", span.start - 1));
    const column = span.start === 0 ? 1 : span.start - before;
    return { file, line, column, code, severity, message };
  });
  return { analysis, diagnostics };
}

/** Prints diagnostics as `file:line:column: severity: message [code]`. */
export function printDiagnostics(
  terminal: Terminal,
  print: Terminal["out"],
  diagnostics: readonly PlacedDiagnostic[],
): void {
  for (const { file, line, column, code, severity, message } of diagnostics) {
    const style = severity === "error" ? "red" : severity === "warning" ? "yellow" : "dim";
    print(`${file}:${line}:${column}: ${paint(terminal, style, severity)}: ${message} [${code}]`);
  }
}
