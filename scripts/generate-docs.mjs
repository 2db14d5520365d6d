// Brings up to date what is written by a program: docs/diagnostics.md, docs/protocol.md, docs/paper.md, docs/rules.md, samples/README.md,
// THIRD-PARTY-NOTICES.txt, the bundles of translations, and the tables of docs/language.md.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { bundleText } from "./lib/messages.mjs";
import { noticesFile, noticesText, shippedPackages } from "./lib/notices.mjs";
import { paperPage, statements } from "./lib/paper-page.mjs";
import { protocolPage } from "./lib/protocol-page.mjs";
import { rulesPage } from "./lib/rules-page.mjs";
import { samplesPage } from "./lib/samples-page.mjs";
import { root } from "./lib/setup.mjs";

const outfile = path.join(root, "dist-test", `docs-${process.pid}.mjs`);
await esbuild.build({
  absWorkingDir: root,
  stdin: {
    contents: `
      export { diagnosticsPage } from "./server/src/language/docs/diagnostics-page.js";
      export { withGeneratedParts } from "./server/src/language/docs/tables.js";
      export { RULES } from "./server/src/language/vocabulary/rules.js";
      export { RULE_OUTCOMES } from "./server/src/language/vocabulary/rule-outcomes.js";
      export { readResults } from "./test/explore/results-file.js";
      export { sampleRows } from "./test/docs/sample-rows.js";
    `,
    resolveDir: root,
    loader: "ts",
  },
  bundle: true,
  outfile,
  format: "esm",
  // Packages that are CommonJS ask for Node's own modules.
  banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  platform: "node",
  define: { "process.env.RAFTLAB_SAMPLES": JSON.stringify(path.join(root, "samples")) },
});
const { diagnosticsPage, withGeneratedParts, RULES, RULE_OUTCOMES, readResults, sampleRows } = await import(
  pathToFileURL(outfile).href
);
rmSync(outfile);

/** @param {string} file */
const read = (file) => readFileSync(path.join(root, file), "utf8");

/** @type {Record<string, string>} */
const pages = {
  "docs/diagnostics.md": diagnosticsPage(),
  "docs/language.md": withGeneratedParts(read("docs/language.md")),
  "docs/protocol.md": protocolPage((file) => read(`server/src/protocol/${file}`)),
  "docs/paper.md": paperPage(statements(root)),
  "docs/rules.md": rulesPage(RULES, RULE_OUTCOMES, readResults()),
  "samples/README.md": samplesPage(sampleRows()),
  "l10n/bundle.l10n.zh-cn.json": bundleText("zh-cn"),
  [path.relative(root, noticesFile)]: noticesText(await shippedPackages()),
};
for (const [file, text] of Object.entries(pages)) writeFileSync(path.join(root, file), text);
console.log(`${Object.keys(pages).join(", ")}: current.`);
