import { describe, expect, it } from "vitest";
import type { HistoryOperation, HistoryView, WatchLaneView } from "../../protocol/history-view.js";
import { barsOf, explanationName, keyClass, MANY, numbered, orderLines, outcomeWords } from "./bars.js";
import { densityArea, highest } from "./density.js";
import { asked, filterCount, NO_FILTER, readFilter, toggled } from "./filter.js";
import { changedSpan, historyFrame, revisionTicks, spanAround, ticks, timeOf, xOf } from "./frame.js";
import { covers, ROW_HEIGHT, rowsInSight, scrollTo } from "./rows.js";
import { breachSentence, operationSentence, placeWords, watchVerdict } from "./words.js";

function operation(number: number, more: Partial<HistoryOperation> = {}): HistoryOperation {
  return {
    number,
    row: number - 1,
    client: "alice",
    lane: 0,
    text: `put k "${number}"`,
    key: "k",
    keyPlace: 0,
    sort: "write",
    reading: null,
    invokeUs: number * 1000,
    invokeEvent: number * 10,
    returnUs: number * 1000 + 500,
    returnEvent: number * 10 + 5,
    outcome: "ok",
    answer: "ok",
    revision: number + 1,
    attempts: 1,
    point: { place: number, timeUs: number * 1000 + 250, order: 0 },
    stuck: 0,
    partOf: [],
    ...more,
  };
}

const watch: WatchLaneView = {
  number: 1,
  name: "w",
  client: "bob",
  request: "watch k",
  openedUs: 0,
  endedUs: null,
  received: 2,
  connections: 1,
  marks: [],
  verdicts: null,
  breaches: [],
};

function view(operations: readonly HistoryOperation[], more: Partial<HistoryView> = {}): HistoryView {
  return {
    sessionId: "s",
    events: 100,
    endUs: 10_000,
    fromUs: 0,
    toUs: 10_000,
    total: operations.length,
    matching: operations.length,
    inWindow: operations.length,
    clients: [
      { name: "alice", operations: 3, lanes: 2 },
      { name: "bob", operations: 0, lanes: 1 },
    ],
    operations,
    density: null,
    keys: [],
    moreKeys: 0,
    revisions: [],
    watches: [watch],
    moreWatches: 0,
    checked: true,
    ...more,
  };
}

const WHOLE = { fromUs: 0, toUs: 10_000 };

describe("the frame of a history", () => {
  it("gives each client as many rows as it has operations at once, and watches lanes below; nothing overlaps", () => {
    const frame = historyFrame(view([]), 1000, WHOLE);
    const [alice, bob] = frame.clients;
    expect(alice?.height).toBe(2 * (bob?.height ?? 0));
    expect((alice?.y ?? 0) + (alice?.height ?? 0)).toBeLessThan(bob?.y ?? 0);
    expect((bob?.y ?? 0) + (bob?.height ?? 0)).toBeLessThan(frame.watches[0]?.y ?? 0);
    expect(frame.height).toBeGreaterThan(frame.watches[0]?.y ?? 0);
  });

  it("turns instants to pixels and back", () => {
    const frame = historyFrame(view([]), 1000, WHOLE);
    for (const us of [0, 1234, 5000, 10_000]) expect(timeOf(frame, xOf(frame, us))).toBe(us);
    expect(timeOf(frame, -50)).toBe(0);
    expect(timeOf(frame, 5000)).toBe(10_000);
    for (const us of ticks(frame)) expect(us % 1000).toBe(0);
  });

  it("labels revisions only where there is room", () => {
    const frame = historyFrame(view([]), 300, WHOLE);
    const revisions = Array.from({ length: 40 }, (_, at) => ({ revision: 1000 + at, timeUs: at * 250, eventId: at }));
    const labels = revisionTicks(frame, revisions).filter(({ label }) => label);
    expect(labels.length).toBeGreaterThan(2);
    for (const [at, { x }] of labels.entries()) if (at > 0) expect(x - (labels[at - 1]?.x ?? 0)).toBeGreaterThan(28);
  });

  it("zooms around an instant, moves within the run, and shows an operation large", () => {
    expect(changedSpan(WHOLE, { zoom: 0.5, aroundUs: 5000 }, 10_000)).toEqual({ fromUs: 2500, toUs: 7500 });
    expect(changedSpan({ fromUs: 0, toUs: 6000 }, { zoom: 2, aroundUs: 0 }, 10_000)).toBeNull();
    expect(changedSpan({ fromUs: 8000, toUs: 9000 }, { move: 3 }, 10_000)).toEqual({ fromUs: 9000, toUs: 10_000 });
    expect(changedSpan({ fromUs: 100, toUs: 1100 }, { move: -1 }, 10_000)).toEqual({ fromUs: 0, toUs: 1000 });
    expect(spanAround({ invokeUs: 5000, returnUs: 5100 }, 10_000)).toEqual({ fromUs: 4800, toUs: 5300 });
    expect(spanAround({ invokeUs: 0, returnUs: null }, 10_000)).toBeNull();
  });
});

describe("bars", () => {
  const frame = historyFrame(view([]), 1000, WHOLE);

  it("stand in their client's rows, are never too narrow to hit, and end open where the outcome is not known", () => {
    const [done, unknown, tiny] = barsOf(frame, [
      operation(1),
      operation(2, { outcome: "unknown", answer: "timeout", point: { place: 2, timeUs: 9000, order: 0 } }),
      operation(3, { returnUs: 3001, lane: 1 }),
    ]);
    expect(done).toMatchObject({ openEnd: false, label: expect.stringContaining("put") });
    expect(unknown?.openEnd).toBe(true);
    expect(unknown?.tail).toBeGreaterThanOrEqual(xOf(frame, 9000) - 0.1);
    expect(tiny?.width).toBeGreaterThanOrEqual(4);
    expect(tiny?.label).toBe("");
    expect(tiny?.y).toBeGreaterThan(done?.y ?? 0);
    expect(barsOf(frame, [operation(4, { client: "nobody" })])).toEqual([]);
  });

  it("are joined in the order found, and not across what is not drawn", () => {
    const bars = barsOf(frame, [operation(1), operation(2), operation(4)]);
    expect(orderLines(bars, false)[0]?.path.match(/[ML]/g)?.join("")).toBe("MLL");
    expect(orderLines(bars, true)[0]?.path.match(/[ML]/g)?.join("")).toBe("MLM");
    const two = barsOf(frame, [operation(1), operation(2, { point: { place: 1, timeUs: 2100, order: 1 } })]);
    expect(orderLines(two, true)).toHaveLength(2);
  });

  it("have numbers where these do not overlap", () => {
    const few = barsOf(frame, [operation(1), operation(2), operation(3)]);
    expect([...numbered(few)]).toEqual([1, 2, 3]);
    const many = Array.from({ length: MANY + 50 }, (_, at) => {
      const timeUs = at * 50;
      return operation(at + 1, { invokeUs: timeUs, returnUs: timeUs + 40, point: { place: at + 1, timeUs, order: 0 } });
    });
    expect(numbered(barsOf(frame, many)).size).toBe(0);
  });

  it("say in words how they ended", () => {
    expect(operationSentence(operation(1))).toBe('alice: put k "1" ⇒ ok, 1 ms to 1.5 ms; place 1');
    expect(operationSentence(operation(1, { stuck: 2 }))).toMatch(/no order places it, see B$/);
    expect(operationSentence(operation(1, { returnUs: null, outcome: "open", answer: "", point: null }))).toBe(
      'alice: put k "1" ⇒ no answer yet, from 1 ms',
    );
    expect(outcomeWords({ outcome: "unknown", answer: "timeout" })).toMatch(/unknown/);
    expect(placeWords(operation(1, { point: null, reading: "serializable" }))).toBe("not judged");
    expect(explanationName(1)).toBe("A");
    expect(keyClass({ key: null, keyPlace: 3 })).toBe("term-none");
    expect(keyClass({ key: "k", keyPlace: 9 })).toBe("term-1");
  });
});

describe("areas", () => {
  it("rise with how much was under way", () => {
    const frame = historyFrame(view([]), 1000, WHOLE);
    expect(highest([[1, 4], [2]])).toBe(4);
    expect(densityArea(frame, 0, [0, 4], 4).match(/V/g)).toHaveLength(3);
    expect(densityArea(frame, 0, [], 4)).toBe("");
    expect(densityArea(frame, 0, [0], 0)).toBe("");
  });
});

describe("the table", () => {
  it("has rows only around what is in sight, however long it is", () => {
    const window = rowsInSight(100_000, 50_000 * ROW_HEIGHT, 240);
    expect(window.first).toBeLessThan(50_000);
    expect(window.count).toBeLessThan(60);
    expect(rowsInSight(3, 0, 240)).toEqual({ first: 0, count: 3 });
    expect(rowsInSight(0, 0, 240)).toEqual({ first: 0, count: 0 });
    expect(covers({ from: 0, rows: [1, 2, 3] }, { first: 1, count: 2 })).toBe(true);
    expect(covers({ from: 2, rows: [1, 2, 3] }, { first: 1, count: 2 })).toBe(false);
  });

  it("scrolls to a row that is out of sight", () => {
    expect(scrollTo(2, 0, 240)).toBeNull();
    expect(scrollTo(100, 0, 240)).toBe(100 * ROW_HEIGHT - 120);
  });
});

describe("the filter", () => {
  it("is kept and read back; what cannot be read leaves nothing out", () => {
    const filter = { clients: ["bob"], sorts: ["read"], outcomes: ["unknown"], key: "k" } as const;
    expect(readFilter(JSON.parse(JSON.stringify(filter)))).toEqual(filter);
    expect(filterCount(filter)).toBe(4);
    expect(asked(NO_FILTER)).toEqual({});
    for (const kept of [null, 3, { clients: "x", sorts: ["nonsense"], key: 7 }])
      expect(readFilter(kept)).toEqual(NO_FILTER);
  });

  it("takes members in and out; all of them are none", () => {
    const all = ["a", "b", "c"];
    expect(toggled([], all, "b")).toEqual(["a", "c"]);
    expect(toggled(["a", "c"], all, "b")).toEqual([]);
  });
});

describe("watches", () => {
  it("have a verdict once they were checked", () => {
    expect(watchVerdict(watch)).toBe("not checked yet");
    expect(watchVerdict({ verdicts: [{ guarantee: "ordered", broken: 0 }] })).toBe("all promises kept");
    expect(watchVerdict({ verdicts: [{ guarantee: "unique", broken: 2 }] })).toBe("broken: unique ×2");
    const breach = { guarantee: "unique", eventId: 1, timeUs: 2000, revision: 3, key: "k", message: "twice" };
    expect(breachSentence(breach)).toBe("not unique, at 2 ms: twice");
  });
});
