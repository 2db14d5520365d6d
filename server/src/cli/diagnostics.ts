import { type Problem, problemText } from "../language/problems.js";
import { paint, type Terminal } from "./output.js";

/** Prints diagnostics as `file:line:column: severity: message [code]`. */
export function printDiagnostics(terminal: Terminal, print: Terminal["out"], problems: readonly Problem[]): void {
  for (const problem of problems) {
    const { severity } = problem;
    const style = severity === "error" ? "red" : severity === "warning" ? "yellow" : "dim";
    print(problemText(problem, paint(terminal, style, severity)));
  }
}
