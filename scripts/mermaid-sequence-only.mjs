// Leaves out of the bundle what a sequence diagram never asks for: the other diagram types with their layout
// engines and katex, which mermaid loads on demand, and the shapes, edges and clusters of graphs, which it does
// not. 3.4 MB become 0.5 MB.

import { readFile } from "node:fs/promises";

/** The dynamic imports of mermaid that stay. */
const kept = /\/sequenceDiagram-[\w-]+\.mjs$/;

const message = "This build of mermaid draws sequence diagrams only.";

/**
 * An esbuild plugin. A left-out import still resolves; loading it rejects with a plain message, which mermaid
 * passes on as a failed render.
 * @returns {import("esbuild").Plugin}
 */
export function mermaidSequenceOnly() {
  return {
    name: "mermaid-sequence-only",
    setup(build) {
      build.onResolve({ filter: /./ }, (args) => {
        if (args.kind !== "dynamic-import") return undefined;
        if (!/[\\/]node_modules[\\/]mermaid[\\/]/.test(args.importer) || kept.test(args.path)) return undefined;
        return { path: "left-out", namespace: "mermaid-left-out" };
      });
      build.onLoad(
        { filter: /[\\/]mermaid[\\/]dist[\\/]chunks[\\/]mermaid\.core[\\/]chunk-\w+\.mjs$/ },
        async ({ path }) => {
          const contents = await readFile(path, "utf8");
          return drawsGraphsOnly(contents) ? { contents: emptyExports(contents), loader: "js" } : undefined;
        },
      );
      build.onLoad({ filter: /./, namespace: "mermaid-left-out" }, () => ({
        contents: `throw new Error(${JSON.stringify(message)});\nexport const diagram = undefined;\nexport default undefined;`,
        loader: "js",
      }));
    },
  };
}

/**
 * True for a module with sources of the elements of graphs.
 * @param {string} contents
 */
function drawsGraphsOnly(contents) {
  const sources = contents.match(/^\/\/ src\/.*$/gm) ?? [];
  return sources.some((line) => line.startsWith("// src/rendering-util/rendering-elements/"));
}

/**
 * A module with the same exports, all undefined.
 * @param {string} contents
 */
function emptyExports(contents) {
  const list = /export \{([^}]*)\};?\s*(?:\/\/.*\s*)?$/.exec(contents)?.[1] ?? "";
  const names = list
    .split(",")
    .map(
      (each) =>
        each
          .trim()
          .split(/\s+as\s+/)
          .at(-1) ?? "",
    )
    .filter((name) => name !== "");
  return names.map((name) => `export const ${name} = undefined;`).join("\n");
}
