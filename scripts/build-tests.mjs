// Bundles the tests that run inside VS Code's extension host: test/host/*.test.ts -> dist-test/host.js
import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** Builds dist-test/host.js from all test files of test/host/, in the order of their names. */
export async function buildHostTests() {
  const folder = path.join(root, "test/host");
  const files = readdirSync(folder).filter((file) => file.endsWith(".test.ts"));
  // A require each, and not an import: mocha's `describe` exists only once the suite is being loaded.
  const contents = `
    import { runMocha } from "./run.js";
    export const run = () => runMocha(async () => {
      ${files
        .sort()
        .map((file) => `require("./${file.replace(/[.]ts$/, ".js")}");`)
        .join("\n")}
    });`;
  await esbuild.build({
    absWorkingDir: root,
    stdin: { contents, resolveDir: folder, sourcefile: "suite.ts", loader: "ts" },
    outfile: path.join(root, "dist-test/host.js"),
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    sourcemap: "inline",
    external: ["vscode", "mocha"],
    logLevel: "warning",
  });
}
