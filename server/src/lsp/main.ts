/** The language server as a Node process: started by the extension over IPC, or by any editor with `--stdio`. */
import { existsSync } from "node:fs";
import process from "node:process";
import { createConnection } from "vscode-languageserver/node";
import { createLab } from "../lab/node.js";
import { describeError } from "./log.js";
import { createNodeHost } from "./node-host.js";
import { createServer } from "./server.js";

const connection = createConnection();

// What no feature caught. A rejected promise left no work half done that anybody waits for; after an exception
// nothing is certain any more, so the process ends and the extension starts it anew.
process.on("unhandledRejection", (reason) => {
  connection.console.error(`unhandled rejection: ${describeError(reason)}`);
});
process.on("uncaughtException", (error) => {
  connection.console.error(`uncaught exception, the server ends: ${describeError(error)}`);
  setTimeout(() => process.exit(1), 100);
});

/** The folder of the documents, of which each diagnostic has one, beside the bundle's; `null` when it did not ship. */
function findDocs(): string | null {
  const docs = new URL("../docs/", import.meta.url);
  return existsSync(new URL("diagnostics/README.md", docs)) ? docs.href : null;
}

createServer(connection, createNodeHost(createLab, findDocs()));
connection.listen();
