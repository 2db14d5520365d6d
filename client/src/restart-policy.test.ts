import { describe, expect, it } from "vitest";
import { RestartPolicy } from "./restart-policy.js";

describe("restarting a server that died", () => {
  it("waits longer each time and then gives up", () => {
    const policy = new RestartPolicy();
    const delays = [0, 1, 2, 3, 4, 5].map((n) => policy.next(n * 1_000));
    expect(delays).toEqual([100, 500, 2_000, 5_000, 10_000, null]);
  });

  it("forgets deaths that are long past, and all of them when a person asks for a start", () => {
    const policy = new RestartPolicy();
    policy.next(0);
    policy.next(1_000);
    expect(policy.next(200_000)).toBe(100);
    policy.next(200_001);
    policy.reset();
    expect(policy.next(200_002)).toBe(100);
  });
});
