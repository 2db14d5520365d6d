// Bundles everything that ships into dist/. Usage: node scripts/build.mjs [--watch] [--dev] [--quiet]

import { existsSync } from "node:fs";
import { chmod, cp, mkdir, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { mediaPlugins } from "./build-media.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const dist = path.join(root, "dist");
const flags = new Set(process.argv.slice(2));
const dev = flags.has("--dev") || flags.has("--watch");

/** @type {esbuild.BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: !dev,
  sourcemap: dev ? "linked" : false,
  metafile: true,
  legalComments: "none",
  logLevel: "warning",
  keepNames: false,
  charset: "utf8",
};

/**
 * What runs in Node: CommonJS, as VS Code loads extensions. `import.meta.url` keeps its meaning, so that
 * `new URL("./worker.js", import.meta.url)` finds its neighbour in dist/.
 * @type {esbuild.BuildOptions}
 */
const node = {
  ...common,
  platform: "node",
  format: "cjs",
  target: "node20",
  mainFields: ["module", "main"],
  define: { "import.meta.url": "__importMetaUrl" },
  banner: { js: 'const __importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
  external: ["vscode"],
};

/** @type {{ name: string, options: esbuild.BuildOptions }[]} */
const nodeBundles = [
  { name: "extension", options: { ...node, entryPoints: { extension: "client/src/extension.ts" }, outdir: dist } },
  { name: "server", options: { ...node, entryPoints: { server: "server/src/lsp/main.ts" }, outdir: dist } },
  { name: "worker", options: { ...node, entryPoints: { worker: "server/src/lab/worker.ts" }, outdir: dist } },
  {
    name: "cli",
    options: {
      ...node,
      entryPoints: { cli: "server/src/cli/main.ts" },
      outdir: dist,
      banner: { js: `#!/usr/bin/env node\n${node.banner?.["js"]}` },
    },
  },
];

/**
 * VS Code for the Web: the extension in its web worker, and the server in one of its own.
 * @type {{ name: string, options: esbuild.BuildOptions }[]}
 */
const webBundles = [
  {
    name: "browser",
    options: {
      ...common,
      entryPoints: { browser: "client/src/browser.ts" },
      outdir: dist,
      platform: "browser",
      format: "cjs",
      target: "es2022",
      external: ["vscode"],
    },
  },
  {
    name: "web-server",
    options: {
      ...common,
      entryPoints: { "web-server": "server/src/lsp/web-main.ts" },
      outdir: dist,
      platform: "browser",
      format: "iife",
      target: "es2022",
    },
  },
];

/** The webviews: ES modules with splitting, so that mermaid is only loaded by a diagram that asks for it. */
const media = {
  name: "media",
  options: /** @type {esbuild.BuildOptions} */ ({
    ...common,
    entryPoints: { cluster: "media/cluster/main.ts", diagram: "media/diagram/main.ts" },
    outdir: path.join(dist, "media"),
    platform: "browser",
    format: "esm",
    target: "es2022",
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    loader: { ".svg": "text", ".ttf": "file" },
    plugins: mediaPlugins(),
  }),
};

/**
 * Drops the entry points whose file does not exist yet, and says so.
 * @param {{ name: string, options: esbuild.BuildOptions }} bundle
 */
function present(bundle) {
  const entries = Object.entries(/** @type {Record<string, string>} */ (bundle.options.entryPoints));
  const kept = entries.filter(([, file]) => {
    const found = existsSync(path.join(root, file));
    if (!found) console.log(`skipped: ${file} does not exist yet`);
    return found;
  });
  return kept.length === 0
    ? []
    : [{ ...bundle, options: { ...bundle.options, entryPoints: Object.fromEntries(kept) } }];
}

/** The codicon font goes beside the webviews: their content security policy allows nothing remote. */
async function copyCodicons() {
  const from = path.join(root, "node_modules/@vscode/codicons/dist");
  const to = path.join(dist, "media");
  await mkdir(to, { recursive: true });
  for (const file of ["codicon.css", "codicon.ttf"]) await cp(path.join(from, file), path.join(to, file));
}

/**
 * Removes what an earlier build has left. Afterwards and not before, so that a window that runs the extension keeps finding it.
 * @param {esbuild.Metafile[]} metafiles
 */
async function removeStale(metafiles) {
  const current = new Set(metafiles.flatMap((m) => Object.keys(m.outputs)).map((file) => path.resolve(root, file)));
  for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && !current.has(file) && !entry.name.startsWith("codicon.")) await rm(file, { force: true });
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

const bundles = [...nodeBundles, ...webBundles, media].flatMap(present);
if (flags.has("--watch")) {
  await copyCodicons();
  for (const bundle of bundles) await (await esbuild.context({ ...bundle.options, logLevel: "info" })).watch();
} else {
  const started = performance.now();
  const results = await Promise.allSettled(bundles.map((bundle) => esbuild.build(bundle.options)));
  const metafiles = results.flatMap((r) => (r.status === "fulfilled" && r.value.metafile ? [r.value.metafile] : []));
  const broken = bundles.filter((_, index) => results[index]?.status === "rejected").map((bundle) => bundle.name);
  if (broken.length === 0) await removeStale(metafiles);
  await copyCodicons();
  await linkCommand();
  if (!flags.has("--quiet")) report(metafiles);
  if (broken.length > 0) {
    // esbuild has told why. The bundles that are sound have been written.
    console.error(`not built: ${broken.join(", ")}`);
    process.exitCode = 1;
  } else console.log(`built in ${Math.round(performance.now() - started)} ms`);
}
