import { defineConfig } from "vitest/config";

/** `npm run bench:panels`: frame timings of the panels in a real browser. Measures; fails only where a panel does. */
export default defineConfig({
  test: {
    include: ["test/web/**/*.frames.ts"],
    exclude: ["**/node_modules/**"],
    globalSetup: ["test/web/global-setup.ts"],
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 240_000,
    hookTimeout: 240_000,
    reporters: ["dot"],
  },
});
