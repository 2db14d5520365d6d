import { expect, it } from "vitest";
import { ask, emptyTrail, type Trail, walk } from "./trail.js";

it("goes back and forward among what was asked", () => {
  const two = ask(ask(emptyTrail, "a"), "b");
  expect(two).toEqual({ asked: ["a", "b"], at: 1 });
  const back = walk(two, -1);
  expect(back).toEqual({ trail: { asked: ["a", "b"], at: 0 }, question: "a" });
  expect(walk(two, 1)).toBe(null);
  expect(back === null ? null : walk(back.trail, 1)?.question).toBe("b");
  expect(back === null ? null : walk(back.trail, -1)).toBe(null);
});

it("a new question cuts off what lay ahead, and old ones are forgotten", () => {
  const back = walk(ask(ask(emptyTrail, "a"), "b"), -1);
  expect(back === null ? null : ask(back.trail, "c")).toEqual({ asked: ["a", "c"], at: 1 });
  let trail: Trail<number> = ask(emptyTrail, 0);
  for (let asked = 1; asked < 200; asked += 1) trail = ask(trail, asked);
  expect(trail.asked.length).toBe(50);
  expect(trail.asked[trail.at]).toBe(199);
});
