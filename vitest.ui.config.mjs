import { defineConfig } from "vitest/config";

/** UI tests: a browser with a real VS Code in it. One at a time, since each owns a server and a page. */
export default defineConfig({
  test: {
    include: ["test/ui/**/*.ui.ts"],
    exclude: ["**/node_modules/**"],
    setupFiles: ["test/ui/setup.ts"],
    fileParallelism: false,
    maxWorkers: 1,
    sequence: { concurrent: false },
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
