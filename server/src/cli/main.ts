/** Entry of the `raftlab` command. */

import { runCli } from "./commands.js";
import { EXIT, InputError } from "./exit-codes.js";
import { processTerminal } from "./output.js";

const terminal = processTerminal();

runCli(process.argv.slice(2), terminal).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (error instanceof InputError) {
      terminal.err(`raftlab: ${error.message}`);
      process.exitCode = EXIT.input;
      return;
    }
    terminal.err(
      `raftlab: an unexpected error; please report it.\n${error instanceof Error ? error.stack : String(error)}`,
    );
    process.exitCode = EXIT.internal;
  },
);
