// What is bundled into dist/, and how.
import { existsSync } from "node:fs";
import path from "node:path";
import { mediaPlugins } from "../build-media.mjs";
import { root } from "./setup.mjs";

/** @typedef {import("esbuild").BuildOptions} BuildOptions */
/** @typedef {{ name: string, options: BuildOptions }} Bundle */

/** Where the bundles go. */
export const dist = path.join(root, "dist");

/** @type {BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  metafile: true,
  legalComments: "none",
  logLevel: "warning",
  keepNames: false,
  charset: "utf8",
};

/**
 * What runs in Node: CommonJS, as VS Code loads extensions. `import.meta.url` keeps its meaning, so that
 * `new URL("./worker.js", import.meta.url)` finds its neighbour in dist/.
 * @type {BuildOptions}
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

/** @type {Bundle[]} */
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
 * @type {Bundle[]}
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
  options: /** @type {BuildOptions} */ ({
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
 * The bundles whose entry points exist.
 * @param {{ dev?: boolean, log?: (text: string) => void }} [options] `dev`: readable, with source maps
 * @returns {Bundle[]}
 */
export function bundles({ dev = false, log = () => undefined } = {}) {
  /** @type {BuildOptions} */
  const shape = { minify: !dev, sourcemap: dev ? "linked" : false };
  return [...nodeBundles, ...webBundles, media].flatMap(({ name, options }) => {
    const entryPoints = present(/** @type {Record<string, string>} */ (options.entryPoints), log);
    return Object.keys(entryPoints).length === 0 ? [] : [{ name, options: { ...options, ...shape, entryPoints } }];
  });
}

/**
 * Drops the entry points whose file does not exist yet, and says so.
 * @param {Record<string, string>} entryPoints
 * @param {(text: string) => void} log
 */
function present(entryPoints, log) {
  return Object.fromEntries(
    Object.entries(entryPoints).filter(([, file]) => {
      const found = existsSync(path.join(root, file));
      if (!found) log(`skipped: ${file} does not exist yet`);
      return found;
    }),
  );
}
