// Makes raftlab-VERSION.vsix: node scripts/package.mjs [--no-build]
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createVSIX } from "@vscode/vsce";
import { build, root } from "./lib/setup.mjs";

/**
 * Packs what is built into a file and returns its path.
 * @param {{ to?: string }} [options] the folder to put it in: the repository's root unless given
 */
export async function packageExtension({ to = root } = {}) {
  const { name, version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const file = path.join(to, `${name}-${version}.vsix`);
  await createVSIX({ cwd: root, packagePath: file, dependencies: false, allowMissingRepository: true });
  return file;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!process.argv.includes("--no-build")) build();
  const file = await packageExtension();
  console.log(`${(statSync(file).size / 1024 / 1024).toFixed(2)} MiB  ${path.relative(root, file)}`);
}
