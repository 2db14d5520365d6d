import { describe, expect, it } from "vitest";
import { soak } from "./soak.js";

// A part of what `npm run soak` does.
describe("churn", () => {
  it.each([1, 1001, 2001, 3001])("keeps every promise for six seeds from %d on, and does the same again", (first) => {
    const figures = soak(first, 6, () => undefined);
    expect(figures.failed).toEqual([]);
    expect(figures.operations).toBeGreaterThan(200);
  });
});
