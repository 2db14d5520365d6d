import { describe, expect, test } from "vitest";
import { RowScroll } from "./row-scroll.js";

const ROOM = 800;

function scroller(total: number, highest = 10_000): RowScroll {
  const scroll = new RowScroll(highest);
  scroll.resize(total, ROOM);
  return scroll;
}

describe("scrolling over rows", () => {
  test("as long as the element may be as high as its rows, both positions are one", () => {
    const scroll = scroller(9000);
    expect(scroll.height).toBe(9000);
    expect(scroll.scrolled(4321)).toBeNull();
    expect(scroll.position).toBe(4321);
    expect(scroll.offset).toBe(0);
  });

  test("beyond, small movements go on pixel by pixel", () => {
    const scroll = scroller(1_000_000);
    scroll.goTo(500_000);
    const native = 500_000 - scroll.offset;
    scroll.scrolled(native + 53);
    expect(scroll.position).toBe(500_053);
    scroll.scrolled(native - 47);
    expect(scroll.position).toBe(499_953);
  });

  test("great movements go in proportion, to both ends", () => {
    const scroll = scroller(1_000_000);
    scroll.scrolled(scroll.height - ROOM);
    expect(scroll.position).toBe(1_000_000 - ROOM);
    scroll.scrolled(0);
    expect(scroll.position).toBe(0);
    scroll.scrolled((scroll.height - ROOM) / 2);
    expect(scroll.position).toBeCloseTo((1_000_000 - ROOM) / 2, 6);
  });

  test("an end of the element that is none of the rows is not the end of the way", () => {
    const scroll = scroller(1_000_000);
    let at = scroll.goTo(50_000);
    // Small steps up, without a rest between, come to the very first row, each as far as the last.
    for (let step = 0; step < 50_000 / 60; step += 1) {
      expect(scroll.position).toBe(50_000 - step * 60);
      at = Math.max(0, at - 60);
      at = scroll.scrolled(at) ?? at;
    }
    expect(scroll.position).toBe(0);
    expect(at).toBe(0);
  });

  test("at rest the scrollbar tells where the rows stand, and nothing moves", () => {
    const scroll = scroller(1_000_000);
    for (let at = 0; at < 8000; at += 50) scroll.scrolled(at);
    const { position } = scroll;
    const native = scroll.rest();
    expect(scroll.position).toBe(position);
    expect(native).toBeGreaterThan(2500);
    expect(native).toBeLessThan(2700);
    expect(scroll.scrolled(native)).toBeNull();
    expect(scroll.position).toBe(position);
  });

  test("fewer rows than before do not leave it beyond their end", () => {
    const scroll = scroller(1_000_000);
    scroll.goTo(999_999);
    scroll.resize(2000, ROOM);
    expect(scroll.position).toBe(1200);
    scroll.resize(100, ROOM);
    expect(scroll.position).toBe(0);
  });
});
