import { describe, expect, it } from "vitest";
import { measureLeases } from "../bench/leases.js";

describe("leases that end at once", () => {
  it("are revoked five hundred at a look, not a few", () => {
    // Two looks a second: 1,200 take three of them.
    expect(measureLeases(1_200).expirySeconds).toBeLessThan(3);
  });
});
