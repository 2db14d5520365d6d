// Lets one test use both the window and VS Code's API: it posts the text of a function to this loopback endpoint, which runs it in
// the extension host and answers with its result as JSON. Loaded by the rig only; it ships with nothing.
const { createServer } = require("node:http");
const { writeFileSync } = require("node:fs");
const vscode = require("vscode");

/** @param {vscode.ExtensionContext} context */
exports.activate = (context) => {
  const file = process.env["RAFTLAB_EVALUATE"];
  if (file === undefined) return;
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      evaluate(body).then(
        (value) => response.end(JSON.stringify({ value })),
        (error) => response.end(JSON.stringify({ error: String(error?.stack ?? error) })),
      );
    });
  });
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    if (address !== null && typeof address === "object") writeFileSync(file, String(address.port));
  });
  context.subscriptions.push({ dispose: () => server.close() });
};

/** @param {string} body */
async function evaluate(body) {
  const { code, argument } = JSON.parse(body);
  const run = new Function("vscode", "argument", `return (${code})(vscode, argument);`);
  return run(vscode, argument);
}
