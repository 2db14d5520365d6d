/** docs/features.md is current, and nothing that the extension offers is without a test inside VS Code that uses it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { features, featuresPage } from "../../scripts/lib/features-page.mjs";
import { INITIALIZE_RESULT } from "../../server/src/lsp/capabilities.js";

const capabilities = Object.keys(INITIALIZE_RESULT.capabilities);

describe("what the extension offers", () => {
  it("is used by a test, every part of it", () => {
    expect(features(capabilities).problems).toEqual([]);
  });

  it("is on its page", () => {
    const page = readFileSync(path.resolve(import.meta.dirname, "../../docs/features.md"), "utf8");
    expect(page).toBe(featuresPage(capabilities));
  });

  it("is asked about by the page, which knows every capability of the server", () => {
    expect(features([...capabilities, "callHierarchyProvider"]).problems).toContain(
      "callHierarchyProvider is not on the page",
    );
  });
});
