import { describe, expect, test } from "vitest";
import type { DiagramOverviewBucket } from "../../protocol/diagram-rows.js";
import { minimapBuckets, minimapRow, minimapShapes, minimapText, minimapY } from "./minimap.js";

const bucket = (more: Partial<DiagramOverviewBucket> = {}): DiagramOverviewBucket => ({
  messages: 10,
  lost: 0,
  entries: 4,
  votes: 0,
  client: 0,
  faults: 0,
  violations: 0,
  notes: 0,
  elections: 0,
  ...more,
});

describe("the strip", () => {
  test("a row and its height belong together, however long the run", () => {
    for (const total of [1, 40, 1000, 1_000_000])
      for (const row of [0, Math.floor(total / 3), total - 1]) {
        const back = minimapRow(minimapY(row + 0.5, total, 800), total, 800);
        expect(Math.abs(back - row)).toBeLessThanOrEqual(1);
      }
    expect(minimapRow(99_999, 40, 800)).toBe(39);
    expect(minimapRow(10, 0, 800)).toBe(0);
  });

  test("there is no more to draw than there is room for", () => {
    expect(minimapBuckets(300)).toBe(100);
    expect(minimapBuckets(100_000)).toBe(400);
    const buckets = Array.from({ length: 400 }, () => bucket());
    const shapes = minimapShapes({ totalRows: 1_000_000, buckets, terms: [] }, 1200);
    expect(shapes.length).toBeLessThan(10);
    expect(minimapShapes({ totalRows: 0, buckets: [], terms: [] }, 1200)).toEqual([]);
  });

  test("violation, election and fault have signs of their own, the gravest of a stretch is shown", () => {
    const looks = (more: Partial<DiagramOverviewBucket>) =>
      minimapShapes({ totalRows: 100, buckets: [bucket(more)], terms: [] }, 300)
        .slice(2)
        .map((shape) => (shape.kind === "path" ? (shape.look.stroke ?? shape.look.fill) : shape.kind));
    expect(looks({})).toEqual([]);
    expect(looks({ faults: 1 })).toContain("fault");
    expect(looks({ faults: 1, elections: 1 })).toEqual(expect.arrayContaining(["role"]));
    expect(looks({ faults: 1, elections: 1, violations: 1 })).toEqual(expect.arrayContaining(["violation"]));
    expect(looks({ faults: 1, elections: 1, violations: 1 })).not.toContain("role");
  });

  test("terms have lines; their numbers only where there is room", () => {
    const terms = Array.from({ length: 100 }, (_, at) => ({ row: at * 10, term: at + 1 }));
    const shapes = minimapShapes({ totalRows: 1000, buckets: [bucket()], terms }, 300);
    expect(shapes.filter(({ kind }) => kind === "line")).toHaveLength(100);
    expect(shapes.filter(({ kind }) => kind === "text").length).toBeLessThan(15);
  });

  test("it is said in words", () => {
    const words = minimapText({ totalRows: 1234, buckets: [bucket(), bucket({ lost: 2, elections: 1 })], terms: [] });
    expect(words).toBe("Rows: 1,234, messages: 20, lost: 2, elections: 1, faults: 0, violations: 0");
  });
});
