import { type Analysis, analyze } from "../language/check.js";
import type { Diagnostic } from "../language/program.js";
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
  const diagnostics = analysis.diagnostics.map(({ code, severity, message, span }) => {
    const before = text.slice(0, span.start);
    const line = before.split("\n").length;
    const column = span.start - (before.lastIndexOf("\n") + 1) + 1;
    return { file, line, column, code, severity, message };
  });
  return { analysis, diagnostics };
}

/** Prints diagnostics as `file:line:column: severity: message [code]`. */
export function printDiagnostics(terminal: Terminal, diagnostics: readonly PlacedDiagnostic[]): void {
  for (const { file, line, column, code, severity, message } of diagnostics) {
    const style = severity === "error" ? "red" : severity === "warning" ? "yellow" : "dim";
    terminal.err(`${file}:${line}:${column}: ${paint(terminal, style, severity)}: ${message} [${code}]`);
  }
}
