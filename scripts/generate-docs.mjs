// Brings up to date what is written by a program: docs/diagnostics/ and docs/zh-cn/diagnostics/, and of docs/ commands.md, features.md,
// protocol.md, paper.md, rules.md and settings.md, samples/README.md,
// THIRD-PARTY-NOTICES.txt, the bundles of translations, and the tables of docs/language.md.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { commandsPage } from "./lib/commands-page.mjs";
import { featuresPage } from "./lib/features-page.mjs";
import { bundleText } from "./lib/messages.mjs";
import { noticesFile, noticesText, shippedPackages } from "./lib/notices.mjs";
import { paperPage, statements } from "./lib/paper-page.mjs";
import { protocolPage } from "./lib/protocol-page.mjs";
import { rulesPage } from "./lib/rules-page.mjs";
import { samplesPage } from "./lib/samples-page.mjs";
import { settingsPage } from "./lib/settings-page.mjs";
import { root } from "./lib/setup.mjs";

const outfile = path.join(root, "dist-test", `docs-${process.pid}.mjs`);
await esbuild.build({
  absWorkingDir: root,
  stdin: {
    contents: `
      export { diagnosticFiles } from "./test/docs/diagnostic-files.js";
      export { withGeneratedParts } from "./server/src/language/docs/tables.js";
      export { RULES } from "./server/src/language/vocabulary/rules.js";
      export { RULE_OUTCOMES } from "./server/src/language/vocabulary/rule-outcomes.js";
      export { readResults } from "./test/explore/results-file.js";
      export { INITIALIZE_RESULT } from "./server/src/lsp/capabilities.js";
      export { sampleRows } from "./test/docs/sample-rows.js";
    `,
    resolveDir: root,
    loader: "ts",
  },
  bundle: true,
  outfile,
  format: "esm",
  platform: "node",
  // Packages in CommonJS call `require` of Node's modules.
  banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  define: { "process.env.RAFTLAB_SAMPLES": JSON.stringify(path.join(root, "samples")) },
});
const { diagnosticFiles, withGeneratedParts, INITIALIZE_RESULT, RULES, RULE_OUTCOMES, readResults, sampleRows } =
  await import(pathToFileURL(outfile).href);
rmSync(outfile);

const diagnosticFolders = ["docs/diagnostics/", "docs/zh-cn/diagnostics/"];

/** @param {string} file */
const read = (file) => readFileSync(path.join(root, file), "utf8");

/** @type {Record<string, string>} */
const pages = {
  ...Object.fromEntries(diagnosticFiles(JSON.parse(bundleText("zh-cn")))),
  "docs/language.md": withGeneratedParts(read("docs/language.md")),
  "docs/features.md": featuresPage(Object.keys(INITIALIZE_RESULT.capabilities)),
  "docs/commands.md": commandsPage(
    JSON.parse(read("package.json")),
    JSON.parse(read("package.nls.json")),
    JSON.parse(read("package.nls.zh-cn.json")),
  ),
  "docs/protocol.md": protocolPage((file) => read(`server/src/protocol/${file}`)),
  "docs/paper.md": paperPage(statements(root)),
  "docs/rules.md": rulesPage(RULES, RULE_OUTCOMES, readResults()),
  "docs/settings.md": settingsPage(read("package.json"), read("package.nls.json")),
  "samples/README.md": samplesPage(sampleRows()),
  "l10n/bundle.l10n.zh-cn.json": bundleText("zh-cn"),
  [path.relative(root, noticesFile)]: noticesText(await shippedPackages()),
};
// A diagnostic that is gone leaves no page behind.
for (const folder of diagnosticFolders) rmSync(path.join(root, folder), { recursive: true, force: true });
for (const [file, text] of Object.entries(pages)) {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}
const named = Object.keys(pages).filter((file) => !diagnosticFolders.some((folder) => file.startsWith(folder)));
console.log(`${[...diagnosticFolders, ...named].join(", ")}: current.`);
