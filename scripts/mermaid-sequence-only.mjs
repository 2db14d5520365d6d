// Leaves out of the bundle what mermaid loads on demand and a sequence diagram never asks for: the other
// diagram types with their layout engines, and katex. 3.4 MB become 0.6 MB.

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
      build.onLoad({ filter: /./, namespace: "mermaid-left-out" }, () => ({
        contents: `throw new Error(${JSON.stringify(message)});\nexport const diagram = undefined;\nexport default undefined;`,
        loader: "js",
      }));
    },
  };
}
