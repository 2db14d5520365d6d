import { defineConfig } from "vitest/config";

/** Webview tests: the built panels in a plain page of a real browser. Two files at a time, since each owns a browser. */
export default defineConfig({
  test: {
    include: ["test/web/**/*.web.ts"],
    exclude: ["**/node_modules/**"],
    globalSetup: ["test/web/global-setup.ts"],
    maxWorkers: 2,
    isolate: false,
    // Conditions are waited for as long as it takes; these limits only end what hangs.
    testTimeout: 240_000,
    // What fails twice has failed: a browser's page may be lost on a busy machine.
    retry: 1,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
