// Makes raftlab-VERSION.vsix: node scripts/package.mjs [--no-build]
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createVSIX, listFiles } from "@vscode/vsce";
import { build, root } from "./lib/setup.mjs";

/**
 * Packs what is built into a file and returns its path.
 * @param {{ to?: string }} [options] the folder to put it in: the repository's root unless given
 */
export async function packageExtension({ to = root } = {}) {
  const { name, version, repository } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const file = path.join(to, `${name}-${version}.vsix`);
  const options = { packagePath: file, dependencies: false };
  if (repository !== undefined) {
    await createVSIX({ ...options, cwd: root });
    return file;
  }
  const stage = mkdtempSync(path.join(os.tmpdir(), "raftlab-stage-"));
  try {
    for (const each of [".vscodeignore", ...(await listFiles({ cwd: root }))]) {
      mkdirSync(path.dirname(path.join(stage, each)), { recursive: true });
      cpSync(path.join(root, each), path.join(stage, each));
    }
    const readme = path.join(stage, "README.md");
    writeFileSync(readme, selfContained(readFileSync(readme, "utf8")));
    await createVSIX({ ...options, cwd: stage, rewriteRelativeLinks: false, allowMissingRepository: true });
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
  return file;
}

/**
 * A README that needs no repository on the web. VS Code shows only pictures from there, so these are left out, and links to other files are
 * their words. Once the manifest names a repository, pictures and links lead there instead.
 * @param {string} text
 */
export function selfContained(text) {
  return text
    .replace(/^!\[[^\]]*\]\((?!https:)[^)]*\)\n\n?/gm, "")
    .replace(/(?<!!)\[([^\]]*)\]\((?!\w+:|#)[^)]*\)/g, "$1");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!process.argv.includes("--no-build")) build();
  const file = await packageExtension();
  console.log(`${(statSync(file).size / 1024 / 1024).toFixed(2)} MiB  ${path.relative(root, file)}`);
}
