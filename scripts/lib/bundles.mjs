// What is bundled into dist/, and how.
import { existsSync } from "node:fs";
import path from "node:path";
import { mediaPlugins, turnsInBrowser, withoutMermaid } from "../build-media.mjs";
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
    entryPoints: {
      cluster: "media/cluster/main.ts",
      compare: "media/compare/main.ts",
      diagram: "media/diagram/main.ts",
      history: "media/history/main.ts",
    },
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
 * What plays an exported run, each a script and a style sheet without anything beside it: see player.mjs.
 * @param {{ dev?: boolean }} [options]
 * @returns {Bundle}
 */
export function playerBundle({ dev = false } = {}) {
  return {
    name: "player",
    options: {
      ...common,
      entryPoints: {
        player: "player/main.ts",
        cluster: "player/frames/cluster.ts",
        diagram: "player/frames/diagram.ts",
        history: "player/frames/history.ts",
      },
      outdir: path.join(dist, "player"),
      platform: "browser",
      format: "iife",
      target: "es2022",
      minify: !dev,
      loader: { ".svg": "text", ".ttf": "dataurl" },
      plugins: [withoutMermaid(), turnsInBrowser()],
    },
  };
}

/**
 * Every bundle.
 * @param {{ dev?: boolean }} [options] `dev`: readable, with source maps
 * @returns {Bundle[]}
 */
export function bundles({ dev = false } = {}) {
  /** @type {BuildOptions} */
  const shape = { minify: !dev, sourcemap: dev ? "linked" : false };
  const web = webBundles.filter(({ options }) =>
    hasEntries(/** @type {Record<string, string>} */ (options.entryPoints)),
  );
  return [...nodeBundles, ...web, media].map(({ name, options }) => ({ name, options: { ...options, ...shape } }));
}

/**
 * The build for VS Code for the Web comes with its entry points.
 * @param {Record<string, string>} entryPoints
 */
function hasEntries(entryPoints) {
  return Object.values(entryPoints).every((file) => existsSync(path.join(root, file)));
}
