// What only the webviews' bundle needs. Mermaid diagrams that are never drawn are dropped here.

/**
 * The esbuild plugins of the webviews' bundle.
 * @returns {import("esbuild").Plugin[]}
 */
export function mediaPlugins() {
  return [];
}
