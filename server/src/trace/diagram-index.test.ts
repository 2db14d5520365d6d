import fc from "fast-check";
import { expect, test } from "vitest";
import { churn, failover, Run } from "../../../test/trace/runs.js";
import { diagramOf } from "./diagram.js";
import type { DiagramFilter } from "./diagram-filter.js";
import { DiagramIndex, type DiagramRun } from "./diagram-index.js";
import { OverviewMaker } from "./diagram-overview.js";
import { placeOfEvent, placeOfTime } from "./diagram-places.js";
import type { DiagramRow } from "./diagram-rows.js";
import { type PlacedRow, windowOf } from "./diagram-window.js";
import { lineOf } from "./lines.js";
import type { Recording } from "./recording.js";
import type { Mark } from "./view.js";

const ALL = { kind: "events", from: 0, to: Number.MAX_SAFE_INTEGER } as const;

function complete(run: DiagramRun): DiagramRun {
  while (!run.advance());
  return run;
}

function allRows(run: DiagramRun): readonly PlacedRow[] {
  return windowOf(run, 0, run.rows.length).rows;
}

function unplaced(rows: readonly PlacedRow[]): readonly DiagramRow[] {
  return rows.map(({ row: _row, arrivesRow: _arrives, copiesArrive: _copies, ...row }) => row);
}

const names = fc.subarray(["s1", "s2", "s3"]);
const types = fc.subarray(["Heartbeat", "HeartbeatReply", "AppendEntries", "RequestVote", "ClientRequest"]);
const filters: fc.Arbitrary<DiagramFilter> = fc
  .record(
    {
      servers: names,
      types,
      foldHeartbeats: fc.boolean(),
      clients: fc.boolean(),
      text: fc.constantFrom("", "Heartbeat", "s2", "commit 1", "x4", "TERM", "put"),
      terms: fc.record({ from: fc.nat({ max: 2 }), to: fc.nat({ max: 8 }) }),
      span: fc.record({ fromUs: fc.nat({ max: 500_000 }), toUs: fc.nat({ max: 1_000_000 }) }),
    },
    { requiredKeys: [] },
  )
  .map((filter) => filter);

/** Runs with everything that can happen to messages, and marks in them. */
const seeds = fc.integer({ min: 1, max: 1_000_000 });

function marksOf({ log }: Recording, seed: number): readonly Mark[] {
  return [seed, seed * 7, seed * 31].map((each) => ({
    eventId: each % log.count,
    property: "log-matching",
    message: `of ${each}`,
  }));
}

test("the rows of a run are those of a diagram of all of it, whatever the filter", () => {
  fc.assert(
    fc.property(seeds, filters, (seed, filter) => {
      const { recording } = churn(seed, 700);
      const marks = marksOf(recording, seed);
      const run = complete(new DiagramIndex(recording).select(filter, marks));
      const diagram = diagramOf(recording, ALL, filter, Number.POSITIVE_INFINITY, marks);
      expect(unplaced(allRows(run))).toEqual(diagram.rows);
      expect(windowOf(run, 0, 10).lifelines).toEqual(diagram.lifelines);
      expect(run.events).toBe(recording.log.count);
    }),
    { numRuns: 60 },
  );
}, 60_000);

test("an index that follows a run as it goes on says the same as one made at its end", () => {
  fc.assert(
    fc.property(
      seeds,
      filters,
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 3, maxLength: 12 }),
      (seed, filter, gaps) => {
        const live = churn(seed, 300);
        const index = new DiagramIndex(live.recording);
        let marks: readonly Mark[] = [];
        for (const gap of gaps) {
          goOn(live, gap);
          // Some stop halfway, and others are looked at between.
          index.select({ servers: ["s1"] }, marks).advance();
          const run = index.select(filter, marks);
          run.advance();
          if (gap % 3 === 0) complete(run);
          if (gap % 5 === 0)
            marks = [...marks, { eventId: (gap * 97) % live.recording.log.count, property: "p", message: "m" }];
        }
        const run = complete(index.select(filter, marks));
        const diagram = diagramOf(live.recording, ALL, filter, Number.POSITIVE_INFINITY, marks);
        expect(unplaced(allRows(run))).toEqual(diagram.rows);
        expect(windowOf(run, 0, 10).lifelines).toEqual(diagram.lifelines);
        const other = complete(index.select({ servers: ["s1"] }, marks));
        expect(unplaced(allRows(other))).toEqual(
          diagramOf(live.recording, ALL, { servers: ["s1"] }, Number.POSITIVE_INFINITY, marks).rows,
        );
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);

function goOn(run: Run, ms: number): void {
  const { world } = run.recording;
  if (ms % 7 === 0) run.act({ kind: "pause", server: (ms % 3) + 1, durationUs: 90_000 });
  run.put(`k${ms}`, "v", ms);
  run.until(world.nowUs / 1000 + ms);
}

test("a message arrives where its delivery or loss stands, never above its row", () => {
  fc.assert(
    fc.property(seeds, filters, (seed, filter) => {
      const { recording } = churn(seed, 700);
      const rows = allRows(complete(new DiagramIndex(recording).select(filter, [])));
      const events = rows.map(({ eventId }) => eventId);
      const ends = endsOf(recording);
      for (const row of rows) {
        if (row.kind !== "message") {
          expect([row.arrivesRow, row.copiesArrive]).toEqual([null, []]);
          continue;
        }
        const { delivered, dropped } = ends.get(row.eventId) ?? { delivered: [], dropped: [] };
        const [first, ...copies] = delivered;
        expect(row.deliveredId).toBe(first ?? null);
        const end = first ?? dropped.at(-1);
        const position = (event: number): number => events.filter((each) => each < event).length - 0.5;
        expect(row.arrivesRow).toBe(end === undefined ? null : position(end));
        expect(row.arrivesRow ?? row.row).toBeGreaterThanOrEqual(row.row);
        expect(row.copiesArrive).toEqual(copies.map(position));
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);

function endsOf({ log }: Recording): ReadonlyMap<number, { delivered: number[]; dropped: number[] }> {
  const ends = new Map<number, { delivered: number[]; dropped: number[] }>();
  for (let id = 0; id < log.count; id += 1) {
    const kind = log.kind(id);
    if (kind !== "deliver" && kind !== "drop") continue;
    const found = ends.get(log.cause(id)) ?? { delivered: [], dropped: [] };
    found[kind === "deliver" ? "delivered" : "dropped"].push(id);
    ends.set(log.cause(id), found);
  }
  return ends;
}

test("a window has the rows asked for, and passing it are exactly the messages that cross its upper edge", () => {
  fc.assert(
    fc.property(seeds, filters, fc.nat(), fc.integer({ min: 1, max: 40 }), (seed, filter, at, count) => {
      const { recording } = churn(seed, 700);
      const run = complete(new DiagramIndex(recording).select(filter, []));
      const all = allRows(run);
      const from = all.length === 0 ? 0 : at % all.length;
      const { rows, passing, totalRows } = windowOf(run, from, count);
      expect(totalRows).toBe(all.length);
      expect(rows).toEqual(all.slice(from, from + count));
      const crossing = all.filter(({ row, arrivesRow }) => row < from && arrivesRow !== null && arrivesRow > from);
      expect(passing).toEqual(crossing.reverse().slice(0, 100));
    }),
    { numRuns: 40 },
  );
}, 60_000);

test("of very many passing messages the newest hundred are told", () => {
  const servers = Array.from({ length: 9 }, (_, each) => `s${each + 1}`);
  const { recording } = new Run({ servers, latency: { min: 900_000, max: 1_900_000 } }).until(4_000);
  const run = complete(new DiagramIndex(recording).select({}, []));
  const all = allRows(run);
  const from = Math.floor(all.length / 2);
  const crossing = all
    .filter(({ row, arrivesRow }) => row < from && arrivesRow !== null && arrivesRow > from)
    .reverse();
  expect(crossing.length).toBeGreaterThan(100);
  expect(windowOf(run, from, 60).passing).toEqual(crossing.slice(0, 100));
});

test("lifelines are what they were just above the window, and change within it", () => {
  const { recording } = failover();
  const run = complete(new DiagramIndex(recording).select({}, []));
  const all = allRows(run);
  const whole = windowOf(run, 0, all.length);
  expect(whole.states).toEqual([
    ...["s1", "s2", "s3"].map((name) => ({ name, role: "follower", term: 0 })),
    { name: "alice", role: null, term: 0 },
  ]);
  const crash = all.find((row) => row.kind === "event" && row.text === "crashes");
  if (crash?.kind !== "event") throw new Error("nobody crashed");
  expect(whole.changes).toContainEqual({ name: crash.at, role: "down", term: 1, position: crash.row });
  // A window's states and changes are those that the whole has at its upper edge and below.
  for (let from = 1; from < all.length; from += 3) {
    const part = windowOf(run, from, 5);
    const end = Math.min(all.length, from + 5);
    const states = new Map(whole.states.map((state) => [state.name, state]));
    for (const { position, ...state } of whole.changes) if (position < from) states.set(state.name, state);
    expect(part.states).toEqual([...states.values()]);
    expect(part.changes).toEqual(whole.changes.filter(({ position }) => position >= from && position < end));
  }
});

test("every event has a place: its own row, that of its message, or the newest before", () => {
  fc.assert(
    fc.property(seeds, filters, (seed, filter) => {
      const { recording } = churn(seed, 500);
      const { log } = recording;
      const run = complete(new DiagramIndex(recording).select(filter, []));
      const rows = allRows(run);
      const unfolded = diagramOf(
        recording,
        ALL,
        { ...filter, foldHeartbeats: false, text: "" },
        Number.POSITIVE_INFINITY,
      );
      const shown = new Set(unfolded.rows.map(({ eventId }) => eventId));
      const counted = new Map<number, number>();
      for (let id = 0; id < log.count; id += 1) {
        const { row, exact } = placeOfEvent(run, id);
        const before = rows.filter(({ eventId }) => eventId <= id).length - 1;
        const own = rows.filter(({ eventId }) => eventId === id);
        if (own.length > 0) expect([exact, own.map((each) => each.row).includes(row)]).toEqual([true, true]);
        else if (!exact) expect(row).toBe(before);
        if (log.kind(id) !== "send" || !exact) continue;
        expect(shown.has(id)).toBe(true);
        counted.set(row, (counted.get(row) ?? 0) + 1);
        const shows = rows[row];
        if (shows?.kind !== "message") throw new Error(`row ${row} shows no message`);
        // A cause never stands below its effect.
        expect(shows.eventId).toBeLessThanOrEqual(id);
      }
      for (const row of rows) if (row.kind === "message") expect(counted.get(row.row)).toBe(row.count + row.replies);
    }),
    { numRuns: 30 },
  );
}, 60_000);

test("folding moves no effect above its cause", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const { recording } = churn(seed, 700);
      const { log } = recording;
      const run = complete(new DiagramIndex(recording).select({}, []));
      for (let id = 0; id < log.count; id += 1) {
        const own = placeOfEvent(run, id);
        if (log.kind(id) !== "send" || !own.exact) continue;
        for (let cause = log.cause(id); cause >= 0; cause = log.cause(cause)) {
          const place = placeOfEvent(run, cause);
          if (log.kind(cause) === "send") expect(place.row).toBeLessThanOrEqual(own.row);
        }
      }
    }),
    { numRuns: 15 },
  );
}, 60_000);

test("an instant has the newest row that had begun", () => {
  const { recording } = failover();
  const run = complete(new DiagramIndex(recording).select({}, []));
  const rows = allRows(run);
  const timeOf = (row: DiagramRow): number => (row.kind === "message" ? row.sentUs : row.timeUs);
  for (let timeUs = 0; timeUs < 1_500_000; timeUs += 7_777) {
    const row = rows.filter((each) => timeOf(each) <= timeUs).length - 1;
    expect(placeOfTime(run.rows, timeUs).row).toBe(row);
  }
  const [first] = rows;
  if (first === undefined) throw new Error("there are no rows");
  expect(placeOfTime(run.rows, timeOf(first)).exact).toBe(true);
  expect(placeOfTime(run.rows, timeOf(first) - 1)).toEqual({ row: -1, exact: false });
});

test("the rows of a scenario line are those whose chain of causes begins with it", () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 30 }), (seed, line) => {
      const { recording } = churn(seed, 700);
      const index = new DiagramIndex(recording);
      const run = complete(index.select({}, []));
      while (!index.lines.advance(50));
      const found = index.lines.rowsOf(run.rows, line, 1000);
      expect(found).toEqual(
        allRows(run).flatMap(({ row, eventId }) => (lineOf(recording, eventId) === line ? [row] : [])),
      );
    }),
    { numRuns: 40 },
  );
});

test("a text is found in the words of the rows that are shown", () => {
  fc.assert(
    fc.property(
      seeds,
      filters,
      fc.constantFrom("s1", "GRANTED", "commit 2", "term", "nobody says this"),
      (seed, filter, text) => {
        const { recording } = churn(seed, 700);
        const run = complete(new DiagramIndex(recording).select(filter, []));
        const found = run.find(text);
        while (!found.advance(10));
        const rows = Array.from({ length: found.length }, (_, each) => found.origin(each));
        const narrower = diagramOf(recording, ALL, { ...filter, text }, Number.POSITIVE_INFINITY);
        if ((filter.text ?? "") === "")
          expect(unplaced(rows.map((row) => allRows(run)[row]).filter((row) => row !== undefined))).toEqual(
            narrower.rows,
          );
        for (const row of windowOf(run, 0, run.rows.length).rows) {
          const words =
            row.kind === "message"
              ? [row.from, row.to, row.type, row.label]
              : row.kind === "event"
                ? [row.at ?? "", row.text]
                : [`term ${row.term}`];
          expect(rows.includes(row.row)).toBe(words.some((word) => word.toLowerCase().includes(text.toLowerCase())));
        }
      },
    ),
    { numRuns: 30 },
  );
}, 60_000);

test("an overview counts every row once", () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 60 }), (seed, wanted) => {
      const { recording } = churn(seed, 700);
      const run = complete(new DiagramIndex(recording).select({}, marksOf(recording, seed)));
      const maker = new OverviewMaker(run.rows, wanted);
      while (!maker.advance());
      const { totalRows, buckets, terms } = maker.overview;
      const rows = allRows(run);
      const total = (pick: (bucket: (typeof buckets)[number]) => number): number =>
        buckets.reduce((sum, bucket) => sum + pick(bucket), 0);
      const messages = rows.filter((row) => row.kind === "message");
      expect(totalRows).toBe(rows.length);
      expect(buckets.length).toBe(Math.min(wanted, rows.length));
      expect(total(({ messages: count }) => count)).toBe(messages.length);
      expect(total(({ lost }) => lost)).toBe(messages.filter(({ lost }) => lost).length);
      expect(total(({ votes }) => votes)).toBe(messages.filter(({ type }) => /Vote/.test(type)).length);
      expect(total(({ client }) => client)).toBe(messages.filter(({ type }) => /^(Client|Watch)/.test(type)).length);
      expect(total(({ entries }) => entries)).toBe(messages.filter(({ type }) => type === "AppendEntries").length);
      expect(total(({ violations }) => violations)).toBe(3);
      const notes = rows.filter((row) => row.kind === "event");
      expect(total(({ faults }) => faults)).toBe(notes.filter(({ category }) => category === "fault").length);
      expect(total(({ elections }) => elections)).toBe(notes.filter(({ text }) => text.startsWith("leader of")).length);
      expect(terms).toEqual(rows.flatMap((row) => (row.kind === "term" ? [{ row: row.row, term: row.term }] : [])));
    }),
    { numRuns: 30 },
  );
});

test("few selections are kept, and what they hold is told", () => {
  const { recording } = failover();
  const index = new DiagramIndex(recording);
  const first = complete(index.select({ text: "a" }, []));
  expect(index.select({ text: "A", servers: [] }, [])).toBe(first);
  for (const text of ["b", "c", "d", "e"]) complete(index.select({ text }, []));
  expect(index.select({ text: "a" }, [])).not.toBe(first);
  expect(index.bytes).toBeGreaterThan(index.items.length * 24);
  expect(index.bytes).toBeLessThan(1_000_000);
});
