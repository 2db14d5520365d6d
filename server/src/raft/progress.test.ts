import { expect, test } from "vitest";
import { FollowerProgress } from "./progress.js";

test("a follower that refuses what it has acknowledged is not asked again at once: it lost it, and would refuse again", () => {
  const progress = new FollowerProgress(2);
  progress.reset(3, false);
  progress.acknowledged(3);
  expect(progress.refused(3, 1)).toBe(false);
  progress.sentEntries(5);
  expect([progress.refused(5, 2), progress.state, progress.next]).toEqual([true, "probe", 4]);
  expect([progress.refused(3, 2), progress.state, progress.next]).toEqual([false, "probe", 4]);
});
