import { format } from "../language/format/format.js";
import { problemsOf } from "../language/problems.js";
import { readable } from "./check.js";
import { EXIT, type ExitCode } from "./exit-codes.js";
import { replaceFile } from "./files.js";
import type { Terminal } from "./output.js";

/**
 * `raftlab fmt`: formats files in place and names those it changed. With `check` it changes nothing and fails when
 * something would change. Where the syntax is wrong the text stays as it is, and that is said.
 */
export async function fmtCommand(terminal: Terminal, files: readonly string[], check: boolean): Promise<ExitCode> {
  let changes = 0;
  let wrong = 0;
  for (const file of files) {
    const text = await readable(terminal, file);
    if (text === null) {
      wrong += 1;
      continue;
    }
    const broken = problemsOf(file, text).problems.find(({ code }) => code.startsWith(SYNTAX));
    if (broken !== undefined) {
      wrong += 1;
      terminal.err(`${file}:${broken.line}:${broken.column}: what is broken here is not formatted: ${broken.message}`);
    }
    const formatted = format(text);
    if (formatted === text) continue;
    changes += 1;
    if (!check) await replaceFile(file, formatted);
    terminal.out(`${file}${check ? " is not formatted" : ""}`);
  }
  if (wrong > 0) return EXIT.input;
  return check && changes > 0 ? EXIT.failed : EXIT.passed;
}

/** How the codes of errors in the syntax begin. */
const SYNTAX = "RL0";
