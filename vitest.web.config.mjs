import { defineConfig } from "vitest/config";

/** Webview tests: the built panels in a plain page of a real browser. One at a time, since each owns a browser. */
export default defineConfig({
  test: {
    include: ["test/web/**/*.web.ts"],
    exclude: ["**/node_modules/**"],
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 60_000,
    // A browser on a busy machine may draw late: what fails twice has failed.
    retry: 1,
    hookTimeout: 120_000,
  },
});
