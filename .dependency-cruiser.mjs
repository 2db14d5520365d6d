// The direction of imports, as docs/development.md draws it. Project references enforce the same at compile time; this also
// covers npm packages. Cycles are Biome's: it knows which imports are of types alone.

/** What each layer may import besides itself. */
const layers = {
  l10n: [],
  raft: [],
  kv: [],
  sim: ["raft", "kv", "l10n"],
  check: ["sim", "raft", "kv", "l10n"],
  trace: ["sim", "raft", "kv", "l10n"],
  language: ["l10n"],
  scenario: ["language", "sim", "check", "trace", "raft", "kv", "l10n"],
  protocol: [],
  "view-model": ["protocol", "l10n"],
  lab: ["scenario", "language", "sim", "check", "trace", "raft", "kv", "protocol", "view-model", "l10n"],
  explore: ["scenario", "language", "sim", "check", "trace", "raft", "kv", "protocol", "view-model", "l10n"],
  lsp: [
    "lab",
    "explore",
    "scenario",
    "language",
    "sim",
    "check",
    "trace",
    "raft",
    "kv",
    "protocol",
    "view-model",
    "l10n",
  ],
  cli: [
    "lab",
    "explore",
    "scenario",
    "language",
    "sim",
    "check",
    "trace",
    "raft",
    "kv",
    "protocol",
    "view-model",
    "l10n",
  ],
};

const engine = "^server/src/(l10n|raft|kv|sim|check|trace|language|scenario|protocol|view-model)/";
const tests = "[.](test|ui|bench)[.]ts$";

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...Object.entries(layers).map(([layer, below]) => ({
      name: `${layer}-looks-down-only`,
      severity: /** @type {const} */ ("error"),
      comment: `server/src/${layer} imports only: ${below.join(", ") || "itself"}`,
      from: { path: `^server/src/${layer}/`, pathNot: tests },
      to: { path: "^(server|client|media|test|scripts)/", pathNot: `^server/src/(${[layer, ...below].join("|")})/` },
    })),
    {
      name: "client-knows-only-the-protocol",
      severity: "error",
      comment: "What can live in the server does; the client speaks to it through server/src/protocol.",
      from: { path: "^client/", pathNot: tests },
      to: { path: "^(server|media|test|scripts)/", pathNot: "^server/src/(protocol|l10n)/" },
    },
    {
      name: "media-knows-only-protocol-and-view-model",
      severity: "error",
      comment: "Webviews are browser code: never the simulator.",
      from: { path: "^media/", pathNot: tests },
      to: { path: "^(server|client|test|scripts)/", pathNot: "^server/src/(protocol|view-model|l10n)/" },
    },
    {
      name: "the-player-is-above-all",
      severity: "error",
      comment:
        "It is bundled into a page of its own, with the lab and the webviews: nothing of the product depends on it.",
      from: { path: "^(server|client|media)/" },
      to: { path: "^player/" },
    },
    {
      name: "the-player-runs-in-a-page",
      severity: "error",
      comment: "The engine, the lab's views and the webviews; neither the extension nor what needs Node.",
      from: { path: "^player/" },
      to: { path: "^(client|test|scripts)/|^server/src/(cli|explore)/" },
    },
    {
      name: "the-player-is-browser-code",
      severity: "error",
      from: { path: "^player/", pathNot: tests },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "only-the-client-knows-vscode",
      severity: "error",
      comment: "The vscode module exists in the extension host alone.",
      from: { pathNot: "^(client|test/host)/" },
      to: { path: "^vscode$|/@types/vscode/" },
    },
    {
      name: "engine-is-plain-typescript",
      severity: "error",
      comment: "The engine also runs as a web worker, and must not depend on anything that is not seeded.",
      from: { path: engine, pathNot: tests },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "media-is-browser-code",
      severity: "error",
      from: { path: "^media/", pathNot: tests },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "engine-packages",
      severity: "error",
      comment: "The only packages the engine may use; raft/, kv/ and protocol/ use none.",
      from: { path: engine, pathNot: tests },
      to: { path: "node_modules", pathNot: "node_modules/(pure-rand|tinyqueue|@vscode/l10n)/" },
    },
    {
      name: "raft-and-kv-use-no-package",
      severity: "error",
      from: { path: "^server/src/(raft|kv|protocol)/", pathNot: tests },
      to: { path: "node_modules" },
    },
    {
      name: "resolvable",
      severity: "error",
      comment: "An import that finds no file.",
      from: {},
      to: { couldNotResolve: true, pathNot: "^vscode$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|out|dist-test|[.]vscode-test)/" },
    tsPreCompilationDeps: true,
    parser: "swc",
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
