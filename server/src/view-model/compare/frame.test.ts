import { describe, expect, it } from "vitest";
import type { TimelineView } from "../../protocol/timeline-view.js";
import { timeOf } from "../timeline/geometry.js";
import {
  barsOf,
  commonStretch,
  compareFrame,
  faultBarsOf,
  heightOf,
  lookAt,
  panSpan,
  placeOf,
  zoomSpan,
} from "./frame.js";

const view = (servers: readonly string[], endUs: number): TimelineView => ({
  sessionId: "a",
  events: 1,
  fromUs: 0,
  toUs: endUs,
  endUs,
  density: [1],
  lanes: servers.map((server) => ({ server, segments: [{ fromUs: 0, toUs: endUs, role: "follower", term: 1 }] })),
  marks: [],
  faults: [],
  moreFaults: 0,
  faultRows: 0,
  each: null,
});
const SPAN = { fromUs: 0, toUs: 1_000_000 };

describe("the frame of two runs", () => {
  const frame = compareFrame(800, SPAN, { left: view(["s1", "s2"], 1_000_000), right: view(["s2", "s3"], 500_000) });

  it("has a pair of lanes for each server of either run, left above right, none over another", () => {
    expect(frame.servers.map(({ server }) => server)).toEqual(["s1", "s2", "s3"]);
    const [s1, s2, s3] = frame.servers;
    expect([s1?.lanes.right, s3?.lanes.left]).toEqual([null, null]);
    const tops = frame.servers.flatMap(({ lanes }) => [lanes.left, lanes.right].flatMap((lane) => lane?.y ?? []));
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
    expect((s2?.lanes.right?.y ?? 0) - (s2?.lanes.left?.y ?? 0)).toBe(frame.laneHeight);
    expect(Math.max(...tops) + frame.laneHeight).toBeLessThanOrEqual(frame.bottom);
    expect(frame.height).toBeGreaterThan(frame.signsY.right);
  });

  it("draws a run no further than it went", () => {
    const lane = frame.servers[2]?.lanes.right;
    if (lane == null) throw new Error("s3 has a lane");
    const [bar] = barsOf(frame, lane);
    expect(timeOf(frame.axis, (bar?.x ?? 0) + (bar?.width ?? 0))).toBeCloseTo(500_000, -3);
  });

  it("has rows of faults beside each run's signs, over no lane, and none where a run had none", () => {
    const faulty = (endUs: number, ...spans: readonly (readonly [number, number | null])[]): TimelineView => ({
      ...view(["s1", "s2"], endUs),
      faultRows: spans.length,
      faults: spans.map(([fromUs, toUs], row) => ({
        ...{ eventId: row, endEventId: toUs === null ? null : 10 + row, fromUs, toUs, row },
        ...{ kind: "fault", text: "partition {s1} | {s2}", line: null },
      })),
    });
    const left = faulty(1_000_000, [0, 500_000], [100_000, 200_000]);
    const right = faulty(800_000, [300_000, null]);
    const both = compareFrame(800, SPAN, { left, right });
    const [first, second] = faultBarsOf(both, "left", left);
    expect([first?.x, first === undefined ? null : first.x + first.width]).toEqual([
      placeOf(both, 0),
      placeOf(both, 500_000),
    ]);
    expect(first?.label).toBe("partition {s1} | {s2}");
    const lanes = both.servers.flatMap((server) => [server.lanes.left?.y ?? 0, server.lanes.right?.y ?? 0]);
    expect(both.signsY.left).toBeLessThan(first?.y ?? 0);
    expect((first?.y ?? 0) + (first?.height ?? 0)).toBeLessThanOrEqual(second?.y ?? 0);
    expect((second?.y ?? 0) + (second?.height ?? 0)).toBeLessThan(Math.min(...lanes));
    const [open] = faultBarsOf(both, "right", right);
    expect(open?.y).toBeGreaterThanOrEqual(Math.max(...lanes) + both.laneHeight);
    expect((open?.y ?? 0) + (open?.height ?? 0)).toBeLessThan(both.signsY.right - 5);
    // It was in force when its run ended, before the other one.
    expect([(open?.x ?? 0) + (open?.width ?? 0), open?.opensRight]).toEqual([placeOf(both, 800_000), false]);
    expect(both.height - frame.height).toBeLessThan(60);
    expect(faultBarsOf(frame, "left", view(["s1"], 1))).toEqual([]);
    expect(frame.faultsY.left).toBe(frame.servers[0]?.y);
  });

  it("shades what is common, as far as it is in sight", () => {
    const half = commonStretch(frame, 500_000, 1_000_000);
    expect(half?.x).toBe(placeOf(frame, 0));
    expect((half?.x ?? 0) + (half?.width ?? 0)).toBe(placeOf(frame, 500_000));
    const late = compareFrame(800, { fromUs: 600_000, toUs: 700_000 }, { left: view(["s1"], 1), right: null });
    expect(commonStretch(late, 500_000, 1_000_000)).toBeNull();
    expect(placeOf(late, 500_000)).toBeNull();
    expect(commonStretch(late, null, 1_000_000)?.width).toBeGreaterThan(0);
  });

  it("gives every kind of role a height of its own", () => {
    expect(new Set((["leader", "candidate", "follower", "down"] as const).map(heightOf)).size).toBe(4);
  });

  it("zooms and pans within the runs", () => {
    const near = zoomSpan(SPAN, 250_000, 0.1, 1_000_000);
    expect(near).toEqual({ fromUs: 225_000, toUs: 325_000 });
    expect(zoomSpan(near ?? SPAN, 250_000, 100, 1_000_000)).toBeNull();
    expect(panSpan({ fromUs: 0, toUs: 100 }, -1, 1000)).toEqual({ fromUs: 0, toUs: 100 });
    expect(panSpan({ fromUs: 900, toUs: 1000 }, 0.4, 1000)).toEqual({ fromUs: 900, toUs: 1000 });
    const look = lookAt(100_000, 10_000_000);
    expect(look?.fromUs).toBeLessThan(100_000);
    expect(look?.toUs).toBeGreaterThan(100_000);
    expect(lookAt(0, 10_000)).toBeNull();
  });
});
