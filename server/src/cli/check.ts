import { type Problem, problemsOf } from "../language/problems.js";
import { printDiagnostics } from "./diagnostics.js";
import { EXIT, type ExitCode, InputError } from "./exit-codes.js";
import { readScenarioFile } from "./files.js";
import { count, type Terminal } from "./output.js";

/**
 * `raftlab check`: diagnostics only. Errors and unreadable files give exit code 2; warnings and hints are printed and
 * pass.
 */
export async function checkCommand(terminal: Terminal, files: readonly string[], json: boolean): Promise<ExitCode> {
  const all: Problem[] = [];
  let unreadable = 0;
  for (const file of files) {
    const text = await readable(terminal, file);
    if (text === null) unreadable += 1;
    else all.push(...problemsOf(file, text).problems);
  }
  const errors = all.filter(({ severity }) => severity === "error").length;
  const warnings = all.filter(({ severity }) => severity === "warning").length;
  if (json) terminal.out(JSON.stringify({ version: 1, diagnostics: all }, null, 2));
  else {
    printDiagnostics(terminal, terminal.out, all);
    terminal.out(`${count(files.length, "file")}: ${count(errors, "error")}, ${count(warnings, "warning")}`);
  }
  return errors + unreadable > 0 ? EXIT.input : EXIT.passed;
}

/** The text of a file; `null` when it cannot be read, which has been said. The other files are still looked at. */
export async function readable(terminal: Terminal, file: string): Promise<string | null> {
  try {
    return await readScenarioFile(file);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    terminal.err(`raftlab: ${error.message}`);
    return null;
  }
}
