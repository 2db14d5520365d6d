// Bundles the tests that run inside VS Code's extension hosts: test/host/*.test.ts -> dist-test/host.js, and test/web-host/ likewise.
import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/**
 * Builds a bundle of all test files of a folder, in the order of their names. `run.ts` there runs them.
 * @param {string} name of the folder in test/, and of the bundle in dist-test/
 * @param {esbuild.BuildOptions} options
 */
async function buildSuite(name, options) {
  const folder = path.join(root, "test", name);
  const files = readdirSync(folder).filter((file) => file.endsWith(".test.ts"));
  // A require each, and not an import: mocha's `describe` exists only once the suite is being loaded.
  const requires = files.sort().map((file) => `require("./${file.replace(/[.]ts$/, ".js")}");`);
  await esbuild.build({
    absWorkingDir: root,
    stdin: {
      contents: `import { runMocha } from "./run.js"; export const run = () => runMocha(() => { ${requires.join("\n")} });`,
      resolveDir: folder,
      sourcefile: "suite.ts",
      loader: "ts",
    },
    outfile: path.join(root, `dist-test/${name}.js`),
    bundle: true,
    format: "cjs",
    sourcemap: "inline",
    logLevel: "warning",
    ...options,
  });
}

/** Builds dist-test/host.js, for the extension host that is a Node process. */
export async function buildHostTests() {
  await buildSuite("host", { platform: "node", target: "node20", external: ["vscode", "mocha"] });
}

/** Builds dist-test/host-bench.js: the budgets of the editor, measured in an extension host. */
export async function buildHostBench() {
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ["test/host-bench/run.ts"],
    outfile: path.join(root, "dist-test/host-bench.js"),
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    external: ["vscode", "mocha"],
    sourcemap: "inline",
    logLevel: "warning",
  });
}

/** Builds dist-test/web-host.js, for the extension host that is a web worker. */
export async function buildWebHostTests() {
  await buildSuite("web-host", { platform: "browser", target: "es2022", external: ["vscode"] });
}
