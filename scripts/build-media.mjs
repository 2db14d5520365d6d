// What only the webviews' bundle needs. Mermaid diagrams that are never drawn are dropped here.

import { mermaidSequenceOnly } from "./mermaid-sequence-only.mjs";

/**
 * The esbuild plugins of the webviews' bundle.
 * @returns {import("esbuild").Plugin[]}
 */
export function mediaPlugins() {
  return [mermaidSequenceOnly()];
}

/**
 * Leaves mermaid out, for a page that must stay small: what asks for it is told that it is not there.
 * @returns {import("esbuild").Plugin}
 */
export function withoutMermaid() {
  return {
    name: "without-mermaid",
    setup(build) {
      build.onResolve({ filter: /^mermaid$/ }, () => ({ path: "mermaid", namespace: "left-out" }));
      build.onLoad({ filter: /.*/, namespace: "left-out" }, () => ({
        contents: 'throw new Error("mermaid is not part of this page");',
      }));
    },
  };
}

/**
 * Lets the lab's slices run in a page: what waits for Node's next turn waits for the browser's.
 * @returns {import("esbuild").Plugin}
 */
export function turnsInBrowser() {
  return {
    name: "turns-in-browser",
    setup(build) {
      build.onResolve({ filter: /^node:timers\/promises$/ }, ({ path }) => ({ path, namespace: "turns" }));
      // A message to oneself comes sooner than a timer, which browsers hold back.
      build.onLoad({ filter: /.*/, namespace: "turns" }, () => ({
        contents: `export const setImmediate = () => new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => { port1.close(); resolve(); };
          port2.postMessage(null);
        });`,
      }));
    },
  };
}
