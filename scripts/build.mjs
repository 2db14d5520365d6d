// Bundles everything that ships into dist/. Usage: node scripts/build.mjs [--watch] [--dev] [--quiet]

import { existsSync } from "node:fs";
import { chmod, cp, mkdir, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import * as esbuild from "esbuild";
import { bundles, dist } from "./lib/bundles.mjs";
import { writePanelMessages } from "./lib/messages.mjs";
import { writePlayer } from "./lib/player.mjs";
import { root } from "./lib/setup.mjs";

const flags = new Set(process.argv.slice(2));
const dev = flags.has("--dev") || flags.has("--watch");

/** The codicon font goes beside the webviews, whose content security policy allows nothing remote; and so do their translations. */
async function addToMedia() {
  const from = path.join(root, "node_modules/@vscode/codicons/dist");
  const to = path.join(dist, "media");
  await mkdir(to, { recursive: true });
  for (const file of ["codicon.css", "codicon.ttf"]) await cp(path.join(from, file), path.join(to, file));
  await writePanelMessages(to);
}

/**
 * Removes what an earlier build has left. Afterwards and not before, so that a window that runs the extension keeps finding it.
 * @param {esbuild.Metafile[]} metafiles
 */
async function removeStale(metafiles) {
  const current = new Set(metafiles.flatMap((m) => Object.keys(m.outputs)).map((file) => path.resolve(root, file)));
  for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && !current.has(file) && !/^(?:codicon|messages|player)[.]/u.test(entry.name))
      await rm(file, { force: true });
  }
}

/** Lets `npx raftlab` find the command in its own repository, where npm links no package into itself. */
async function linkCommand() {
  const cli = path.join(dist, "cli.js");
  if (!existsSync(cli)) return;
  await chmod(cli, (await stat(cli)).mode | 0o111);
  const bin = path.join(root, "node_modules/.bin");
  await mkdir(bin, { recursive: true });
  if (process.platform === "win32") {
    await writeFile(path.join(bin, "raftlab.cmd"), '@node "%~dp0\\..\\..\\dist\\cli.js" %*\r\n');
  } else {
    const link = path.join(bin, "raftlab");
    await rm(link, { force: true });
    await symlink(path.relative(bin, cli), link);
  }
}

/** @param {esbuild.Metafile[]} metafiles */
function report(metafiles) {
  const rows = metafiles
    .flatMap((m) => Object.entries(m.outputs))
    .filter(([file]) => !file.endsWith(".map"))
    .map(([file, output]) => /** @type {const} */ ([file, output.bytes]))
    .sort((a, b) => b[1] - a[1]);
  const total = rows.reduce((sum, [, bytes]) => sum + bytes, 0);
  for (const [file, bytes] of rows.slice(0, 12)) console.log(`${kib(bytes)}  ${file}`);
  if (rows.length > 12) console.log(`${" ".repeat(12)}  and ${rows.length - 12} smaller files`);
  console.log(`${kib(total)}  in all`);
}

/** @param {number} bytes */
function kib(bytes) {
  return `${(bytes / 1024).toFixed(1)} KiB`.padStart(12);
}

const wanted = bundles({ dev });
if (flags.has("--watch")) {
  await addToMedia();
  await writePlayer(dist, { dev });
  for (const bundle of wanted) await (await esbuild.context({ ...bundle.options, logLevel: "info" })).watch();
} else {
  const started = performance.now();
  const results = await Promise.allSettled(wanted.map((bundle) => esbuild.build(bundle.options)));
  const metafiles = results.flatMap((r) => (r.status === "fulfilled" && r.value.metafile ? [r.value.metafile] : []));
  const broken = wanted.filter((_, index) => results[index]?.status === "rejected").map((bundle) => bundle.name);
  if (broken.length === 0) await removeStale(metafiles);
  await addToMedia();
  await writePlayer(dist, { dev });
  await linkCommand();
  if (!flags.has("--quiet")) report(metafiles);
  if (broken.length > 0) {
    // esbuild has told why. The bundles that are sound have been written.
    console.error(`not built: ${broken.join(", ")}`);
    process.exitCode = 1;
  } else if (!flags.has("--quiet")) console.log(`built in ${Math.round(performance.now() - started)} ms`);
}
