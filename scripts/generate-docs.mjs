// Brings docs/diagnostics.md and the tables of docs/language.md up to date with the language's own tables.

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

const built = await esbuild.build({
  absWorkingDir: root,
  stdin: {
    contents: `
      export { diagnosticsPage } from "./server/src/language/docs/diagnostics-page.js";
      export { withGeneratedParts } from "./server/src/language/docs/tables.js";
    `,
    resolveDir: root,
    loader: "ts",
  },
  bundle: true,
  write: false,
  format: "esm",
  platform: "neutral",
});
const [output] = built.outputFiles;
if (output === undefined) throw new Error("esbuild wrote nothing");
const code = Buffer.from(output.contents).toString("base64");
const { diagnosticsPage, withGeneratedParts } = await import(`data:text/javascript;base64,${code}`);

await writeFile(path.join(root, "docs/diagnostics.md"), diagnosticsPage());
const language = path.join(root, "docs/language.md");
await writeFile(language, withGeneratedParts(await readFile(language, "utf8")));
console.log("docs/diagnostics.md and docs/language.md are current.");
