import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TimelineFault, TimelineMark, TimelineView } from "../../protocol/timeline-view.js";
import { bookmarkPlaces } from "./bookmarks.js";
import { eventAtPoint, eventsInFrame, nearness, signBatches } from "./events.js";
import { faultBars, scriptLabels, withoutSpans } from "./faults.js";
import { densityPath, ticks, tickText, timelineFrame, xOf } from "./geometry.js";
import { bestView, between, containing, endWithRoom, isAmple, panned, widened, zoomed } from "./span.js";

function view(fromUs: number, toUs: number, endUs = 1_000_000): TimelineView {
  const sinceUs = Array.from({ length: 11 }, (_, at) => Math.round(((toUs - fromUs) * at) / 10));
  return {
    sessionId: "a",
    events: 11,
    fromUs,
    toUs,
    endUs,
    density: [1, 4],
    lanes: [],
    marks: [],
    faults: [],
    moreFaults: 0,
    faultRows: 0,
    each: { first: 100, sinceUs, signs: sinceUs.map((_, at) => at % 13), lanes: sinceUs.map((_, at) => (at % 3) - 1) },
  };
}

const frame = timelineFrame(1056, 3, { fromUs: 0, toUs: 1_000_000 }, true, { script: true, faultRows: 2 });

function fault(fromUs: number, toUs: number | null, row = 0): TimelineFault {
  return {
    eventId: 1,
    endEventId: toUs === null ? null : 2,
    fromUs,
    toUs,
    kind: "down",
    text: "s1 is down",
    line: 3,
    row,
  };
}

function mark(kind: TimelineMark["kind"], timeUs: number, text: string, eventId = timeUs): TimelineMark {
  return { eventId, timeUs, kind, text, line: null };
}

describe("spans", () => {
  const END = 1_000_000;

  it("leave room ahead of a run that grows, and so stay the same for some time", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 * END }), (endUs) => {
        const room = endWithRoom(endUs) - endUs;
        expect(room).toBeGreaterThan(0);
        expect(room).toBeLessThanOrEqual(endUs / 8 + 1);
        expect(endWithRoom(endUs + room / 2)).toBe(endWithRoom(endUs));
      }),
    );
    const ends = new Set(Array.from({ length: 5000 }, (_, at) => endWithRoom(END + at * 200)));
    expect(ends.size).toBeLessThan(12);
    expect(endWithRoom(0)).toBe(0);
  });

  it("stay within the run, whatever a hand does", () => {
    const span = fc
      .tuple(fc.nat(END - 1000), fc.integer({ min: 200, max: 1000 }))
      .map(([fromUs, width]) => ({ fromUs, toUs: fromUs + width }));
    fc.assert(
      fc.property(
        span,
        fc.integer({ min: -END, max: 2 * END }),
        fc.double({ min: 0.01, max: 50, noNaN: true }),
        (a, us, factor) => {
          for (const b of [
            panned(a, us, END),
            zoomed(a, us, factor, END),
            between(a.fromUs, us, END),
            containing(a, Math.min(END, Math.max(0, us)), END),
            widened(a, END),
          ]) {
            if (b === null) continue;
            expect(b.fromUs).toBeGreaterThanOrEqual(0);
            expect(b.toUs).toBeLessThanOrEqual(END + 1);
            expect(b.toUs).toBeGreaterThan(b.fromUs);
          }
          expect(panned(a, us, END).toUs - panned(a, us, END).fromUs).toBe(a.toUs - a.fromUs);
        },
      ),
    );
  });

  it("follow the cursor, only when it leaves them", () => {
    const span = { fromUs: 100_000, toUs: 200_000 };
    expect(containing(span, 150_000, END)).toBe(span);
    expect(containing(span, 500_000, END)).toEqual({ fromUs: 450_000, toUs: 550_000 });
    expect(containing(span, END, END)).toEqual({ fromUs: 900_000, toUs: 1_000_000 });
  });

  it("are shown from the closest known view that covers them, and fetched ahead of the hand", () => {
    const wide = view(0, END);
    const close = view(100_000, 300_000);
    const views = [wide, close, view(600_000, 700_000)];
    expect(bestView(views, { fromUs: 150_000, toUs: 250_000 })).toBe(close);
    expect(bestView(views, { fromUs: 50_000, toUs: 250_000 })).toBe(wide);
    expect(bestView([close], { fromUs: 50_000, toUs: 250_000 })).toBeNull();
    expect(isAmple(close, { fromUs: 150_000, toUs: 250_000 }, 0.2)).toBe(true);
    expect(isAmple(close, { fromUs: 195_000, toUs: 295_000 }, 0.2)).toBe(false);
    expect(isAmple(close, { fromUs: 190_000, toUs: 210_000 }, 0.2)).toBe(false);
    expect(isAmple(view(0, 200_000), { fromUs: 0, toUs: 100_000 }, 0.2)).toBe(true);
  });
});

describe("single events", () => {
  it("fade in between far and near", () => {
    const shares = [4000, 2000, 1000, 500, 250, 20].map((count) => nearness(count, 1000, 15));
    expect(shares[0]).toMatchObject({ signs: 0, density: 1 });
    expect(shares.at(-1)).toMatchObject({ signs: 1 });
    for (const [at, now] of shares.entries()) {
      expect(now.signs).toBeGreaterThanOrEqual(shares[at - 1]?.signs ?? 0);
      expect(now.radius).toBeGreaterThanOrEqual(shares[at - 1]?.radius ?? 0);
    }
  });

  it("are those within the frame, one path a sign, and found at their places", () => {
    const all = view(0, 1_000_000);
    expect(eventsInFrame(frame, all)).toEqual({ from: 0, to: 11 });
    const part = timelineFrame(1056, 3, { fromUs: 250_000, toUs: 450_000 }, true);
    expect(eventsInFrame(part, all)).toEqual({ from: 3, to: 5 });
    expect(signBatches(part, all, 4).map(({ sign }) => sign)).toEqual(["timer", "role"]);
    const x = xOf(frame, 300_000);
    const y = frame.lanesY - 1 - frame.densityHeight / 2;
    expect(eventAtPoint(frame, all, 4, x + 2, y)).toBe(103);
    expect(eventAtPoint(frame, all, 4, x + 30, y)).toBeNull();
    expect(eventAtPoint(frame, { ...all, each: null }, 4, x, y)).toBeNull();
  });

  it("of one instant stand side by side where there is room", () => {
    const at = {
      ...view(0, 1_000_000),
      each: { first: 7, sinceUs: [500_000, 500_000, 500_000], signs: [0, 0, 0], lanes: [1, 1, 1] },
    };
    const x = xOf(frame, 500_000);
    const y = frame.lanesY + frame.laneHeight * 1.5;
    expect([0, 8, 16].map((dx) => eventAtPoint(frame, at, 4, x + dx, y))).toEqual([7, 8, 9]);
    expect(eventAtPoint(frame, at, 1.2, x + 8, y)).toBeNull();
  });
});

describe("faults and words", () => {
  it("are bars with open ends and as much text as fits", () => {
    const part = timelineFrame(1056, 3, { fromUs: 100_000, toUs: 200_000 }, true, { faultRows: 2 });
    const bars = faultBars(part, [
      fault(50_000, 150_000),
      fault(150_000, null, 1),
      fault(0, 99_999),
      fault(160_000, 160_100),
    ]);
    expect(bars.map(({ opensLeft, opensRight, label, y }) => [opensLeft, opensRight, label, y])).toEqual([
      [true, false, "s1 is down", part.faultsY],
      [false, true, "s1 is down", part.faultsY + part.faultHeight],
      [false, false, null, part.faultsY],
    ]);
    const many = Array.from({ length: 50_000 }, (_, at) => fault(at * 20, at * 20 + 10));
    expect(faultBars(frame, many).length).toBeLessThan(1100);
  });

  it("are not said twice", () => {
    const marks = [
      mark("fault", 1, "s1 crashes"),
      mark("undone", 2, "s1 restarts"),
      mark("fault", 3, "lose"),
      mark("note", 1, "n"),
    ];
    expect(withoutSpans(marks, [fault(0, 5)]).map(({ text }) => text)).toEqual(["lose", "n"]);
  });

  it("of notes come first, of steps where room is left, and the note before the frame still holds", () => {
    const marks = [
      mark("note", 100_000, "first note"),
      mark("step", 110_000, "wait 1s"),
      mark("note", 500_000, "n".repeat(500)),
      mark("step", 300_000, "crash s1"),
    ];
    const labels = scriptLabels(frame, marks);
    expect(labels.map(({ text }) => text.slice(0, 10))).toEqual(["first note", "nnnnnnnnnn", "crash s1"]);
    expect(labels[1]?.text.endsWith("…")).toBe(true);
    const part = timelineFrame(1056, 3, { fromUs: 200_000, toUs: 400_000 }, true, { script: true });
    expect(scriptLabels(part, [], marks)).toMatchObject([{ text: "first note", earlier: true }]);
    expect(scriptLabels(timelineFrame(300, 3, frame.span, false, { script: true }), marks)).toEqual([]);
  });

  it("of bookmarks end before the next one", () => {
    const bookmark = (timeUs: number) => ({ eventId: timeUs, timeUs, name: "a rather long name" });
    const places = bookmarkPlaces(frame, [bookmark(100_000), bookmark(180_000), bookmark(190_000), bookmark(900_000)]);
    expect(places.map(({ label }) => label)).toEqual(["a rather l…", null, "a rather long name", "a rather long…"]);
  });
});

describe("the axis", () => {
  it("tells its ticks apart at any zoom", () => {
    fc.assert(
      fc.property(fc.nat(3_000_000_000), fc.integer({ min: 200, max: 3_000_000_000 }), (fromUs, width) => {
        const at = timelineFrame(1200, 5, { fromUs, toUs: fromUs + width }, true);
        const texts = ticks(at).map((us) => tickText(at, us));
        expect(new Set(texts).size).toBe(texts.length);
      }),
    );
  });

  it("draws what happened before any time had passed", () => {
    const atOnce = timelineFrame(800, 3, { fromUs: 0, toUs: 0 }, true);
    const path = densityPath(atOnce, [4, 0, 0], { fromUs: 0, toUs: 0 });
    expect(path).toMatch(/^M[\d.]+ /);
    expect(path).not.toContain("NaN");
  });

  it("has the density of a wider view cut to the frame", () => {
    const part = timelineFrame(1056, 3, { fromUs: 400_000, toUs: 600_000 }, true);
    const path = densityPath(part, [1, 4], { fromUs: 0, toUs: 1_000_000 });
    const [first] = path.match(/^M(\S+)/)?.slice(1) ?? [];
    expect(Number(first)).toBe(part.left);
    expect(path).toContain(`H${(part.width - part.right).toFixed(1)}`);
  });
});
