// What only the webviews' bundle needs. Mermaid diagrams that are never drawn are dropped here.

import { mermaidSequenceOnly } from "./mermaid-sequence-only.mjs";

/**
 * The esbuild plugins of the webviews' bundle.
 * @returns {import("esbuild").Plugin[]}
 */
export function mediaPlugins() {
  return [mermaidSequenceOnly()];
}
