import { diagnose, type PlacedDiagnostic, printDiagnostics } from "./diagnostics.js";
import { EXIT, type ExitCode } from "./exit-codes.js";
import { readScenarioFile } from "./files.js";
import type { Terminal } from "./output.js";

/** `raftlab check`: diagnostics only. Errors give exit code 2; warnings and hints are printed and pass. */
export async function checkCommand(terminal: Terminal, files: readonly string[], json: boolean): Promise<ExitCode> {
  const all: PlacedDiagnostic[] = [];
  for (const file of files) all.push(...diagnose(file, await readScenarioFile(file)).diagnostics);
  if (json) terminal.out(JSON.stringify({ version: 1, diagnostics: all }, null, 2));
  else printDiagnostics(terminal, all);
  const errors = all.filter(({ severity }) => severity === "error").length;
  if (!json)
    terminal.out(
      `${files.length} ${files.length === 1 ? "file" : "files"}, ${errors} ${errors === 1 ? "error" : "errors"}`,
    );
  return errors > 0 ? EXIT.input : EXIT.passed;
}
