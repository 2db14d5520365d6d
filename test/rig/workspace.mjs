// Workspaces for tests: a fresh folder each, so that nothing a test writes reaches the repository.
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "./versions.mjs";

/**
 * @typedef {object} Workspace
 * @property {string} folder its absolute path
 * @property {() => void} remove
 */

/**
 * Makes a folder with a copy of the samples (in `samples/`) and the given files.
 * @param {{ files?: Record<string, string>, samples?: boolean }} [options] file contents by relative path
 * @returns {Workspace}
 */
export function makeWorkspace({ files = {}, samples = true } = {}) {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), "raftlab-workspace-")));
  const from = path.join(root, "samples");
  if (samples && existsSync(from)) cpSync(from, path.join(folder, "samples"), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }) };
}
