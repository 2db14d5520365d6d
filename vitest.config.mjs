import { defineConfig } from "vitest/config";

/** Unit and property tests: beside the code they test, and in test/ what has no one place. No VS Code, no browser. */
export default defineConfig({
  test: {
    include: [
      "server/**/*.test.ts",
      "client/**/*.test.ts",
      "media/**/*.test.ts",
      "player/**/*.test.ts",
      "test/**/*.test.ts",
    ],
    exclude: [
      "**/node_modules/**",
      "test/host/**",
      "test/web-host/**",
      "test/out/**",
      ".vscode-test/**",
      "dist/**",
      "out/**",
    ],
    // Files of a worker share what they import: loading it anew for each took as long as the tests. No test leaves anything behind in a module.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    benchmark: { include: ["test/**/*.bench.ts"] },
  },
});
