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
    // A window on a busy machine may lose the focus between two keys: what fails twice has failed.
    retry: 1,
    hookTimeout: 180_000,
  },
});
