import { writeFile } from "node:fs/promises";
import { format } from "../language/format/format.js";
import { EXIT, type ExitCode } from "./exit-codes.js";
import { readScenarioFile } from "./files.js";
import type { Terminal } from "./output.js";

/** `raftlab fmt`: formats files in place. With `check` it changes nothing and fails when something would change. */
export async function fmtCommand(terminal: Terminal, files: readonly string[], check: boolean): Promise<ExitCode> {
  let changes = 0;
  for (const file of files) {
    const text = await readScenarioFile(file);
    const formatted = format(text);
    if (formatted === text) continue;
    changes += 1;
    if (!check) await writeFile(file, formatted);
    terminal.out(`${file}${check ? " is not formatted" : ""}`);
  }
  return check && changes > 0 ? EXIT.failed : EXIT.passed;
}
