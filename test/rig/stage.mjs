// The extension as VS Code for the Web gets it: a copy whose manifest has `browser` and no `main`, so that it runs in a web worker.
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "./versions.mjs";

/** The entry for the web that the manifest names, if it does. */
export function browserEntry() {
  const { browser } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  return typeof browser === "string" ? browser : undefined;
}

/**
 * Makes the copy. Remove it when done.
 * @returns {{ folder: string, remove: () => void }}
 */
export function stageForTheWeb() {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), "raftlab-web-")));
  const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const { main: _main, bin: _bin, scripts: _scripts, devDependencies: _dev, ...kept } = manifest;
  writeFileSync(path.join(folder, "package.json"), JSON.stringify(kept, undefined, 2));
  for (const name of ["dist", "dist-test", "media", "l10n", "package.nls.json", "package.nls.zh-cn.json"]) {
    const from = path.join(root, name);
    if (existsSync(from)) cpSync(from, path.join(folder, name), { recursive: true });
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }) };
}
