// The host suite in a desktop VS Code, which is downloaded: node scripts/test-electron.mjs [VERSION]
import { mkdirSync } from "node:fs";
import path from "node:path";
import { runTests } from "@vscode/test-electron";
import { makeWorkspace } from "../test/rig/workspace.mjs";
import { buildHostTests } from "./build-tests.mjs";
import { build, root } from "./lib/setup.mjs";

build();
await buildHostTests();
const workspace = makeWorkspace();
const cachePath = path.join(root, ".vscode-test");
mkdirSync(cachePath, { recursive: true });
try {
  await runTests({
    version: process.argv[2] ?? "stable",
    cachePath,
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(root, "dist-test/host.js"),
    launchArgs: [workspace.folder, "--disable-extensions", "--disable-workspace-trust", "--skip-welcome"],
  });
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
} finally {
  workspace.remove();
}
