import fc from "fast-check";
import { expect, test } from "vitest";
import { churn, failover, Run } from "../../../test/trace/runs.js";
import { clusterAt } from "./cluster-view.js";
import { jump } from "./cursor.js";
import { describe as describeEvent } from "./describe.js";
import { timelineOf } from "./timeline.js";
import { TraceIndex } from "./trace-index.js";

test("lanes and marks of a failover", () => {
  const { recording } = failover();
  const view = timelineOf(recording, { buckets: 7 });
  expect(view.density.reduce((sum, count) => sum + count, 0)).toBe(recording.log.count);
  expect(view.lanes[2]?.segments.map(({ role, term }) => `${role} ${term}`)).toEqual([
    "follower 0",
    "candidate 1",
    "leader 1",
    "down 1",
    "follower 1",
    "follower 3",
  ]);
  expect(view.marks.map(({ kind, text, line }) => [kind, text, line])).toEqual([
    ["leader", "s3 becomes leader of term 1", null],
    ["note", "first write", 4],
    ["fault", "s3 crashes", 7],
    ["leader", "s1 becomes leader of term 3", null],
    ["undone", "s3 restarts", 11],
  ]);
});

test("a live run's timeline grows with it", () => {
  const run = failover();
  const before = timelineOf(run.recording, { buckets: 10 });
  run.act({ kind: "crash", server: run.leader(), durationUs: null });
  run.until(2_000);
  const after = timelineOf(run.recording, { buckets: 10 });
  expect(after.endUs).toBeGreaterThan(before.endUs);
  expect(after.marks.length).toBeGreaterThan(before.marks.length);
});

test("lanes cover the span without gap or overlap; buckets count every event once", () => {
  const spans = fc.tuple(
    fc.integer({ min: 1, max: 1_000_000 }),
    fc.nat(900_000),
    fc.nat(900_000),
    fc.integer({ min: 1, max: 300 }),
  );
  fc.assert(
    fc.property(spans, ([seed, a, b, buckets]) => {
      const { recording } = churn(seed, 900);
      const { log } = recording;
      const [fromUs, toUs] = [Math.min(a, b), Math.max(a, b)];
      const view = timelineOf(recording, { fromUs, toUs, buckets }, [{ eventId: 3, property: "p", message: "m" }]);
      const inside = [...Array(log.count).keys()].filter((id) => log.timeUs(id) >= fromUs && log.timeUs(id) <= toUs);
      expect(view.density.length).toBe(buckets);
      expect(view.density.reduce((sum, count) => sum + count, 0)).toBe(inside.length);
      for (const { segments } of view.lanes) {
        expect(segments[0]?.fromUs).toBe(fromUs);
        expect(segments.at(-1)?.toUs).toBe(toUs);
        segments.slice(1).forEach(({ fromUs: start }, position) => {
          expect(start).toBe(segments[position]?.toUs);
        });
      }
      for (const { eventId } of view.marks) expect(inside).toContain(eventId);
    }),
    { numRuns: 20 },
  );
});

test("the cursor jumps there and back", () => {
  const { recording } = failover();
  const titles = (to: "leader" | "commit" | "note" | "fault", server?: string): string[] => {
    const found: string[] = [];
    const move = { direction: "next", to, ...(server === undefined ? {} : { server }) } as const;
    for (let id = jump(recording, -1, move); id !== null; id = jump(recording, id, move))
      found.push(describeEvent(recording, id).title);
    return found;
  };
  expect(titles("leader")).toEqual(["s3 becomes leader of term 1", "s1 becomes leader of term 3"]);
  expect(titles("commit")).toEqual(["s3 commits up to 1", "s3 commits up to 2", "s1 commits up to 3"]);
  expect(titles("commit", "s2")).toEqual(["s2 commits up to 1", "s2 commits up to 2", "s2 commits up to 3"]);
  expect(titles("leader", "s1")).toEqual(["s1 becomes leader of term 3"]);
  expect(titles("note")).toEqual(["first write"]);
  expect(titles("fault", "s1")).toEqual([]);
  expect(jump(recording, -1, { direction: "next", to: "leader", server: "nobody" })).toBe(null);
  expect(
    jump(recording, 10, { direction: "next", to: "failure" }, [{ eventId: 20, property: "p", message: "m" }]),
  ).toBe(20);
  const targets = ["leader", "commit", "failure", "note", "fault", "message", "step"] as const;
  fc.assert(
    fc.property(fc.constantFrom(...targets), fc.nat(recording.log.count - 1), (to, from) => {
      const next = jump(recording, from, { direction: "next", to });
      if (next === null) return;
      expect(next).toBeGreaterThan(from);
      const back = jump(recording, next, { direction: "previous", to });
      expect(back ?? -1).toBeLessThanOrEqual(from);
    }),
  );
});

test("after every event the index knows each server as the world does", () => {
  const check = (run: Run): void => {
    const { recording } = run;
    const index = TraceIndex.of(recording);
    for (let event = 0; event < recording.log.count; event += 7) {
      const view = clusterAt(recording, event);
      const upTo = recording.stateAt(event).recorder.count - 1;
      view.servers.forEach(({ name, status, role, term, vote, leader }, position) => {
        const state = index.stateAfter(position + 1, upTo);
        const id = (named: string | null): number => (named === null ? 0 : Number(named.slice(1)));
        if (status === "down") expect([name, state?.status]).toEqual([name, status]);
        else expect({ name, ...state }).toMatchObject({ name, status, role, term, vote: id(vote), leader: id(leader) });
      });
    }
  };
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
      check(churn(seed, 700));
      // Slow disks: crashes lose terms and votes.
      check(churn(seed, 700, { fsync: { min: 5_000, max: 60_000 } }));
    }),
    { numRuns: 12 },
  );
});

test("a crash before the disk has written loses the term, and the lane says so", () => {
  const run = new Run({ fsync: { min: 50_000, max: 50_000 } });
  const { recording } = run;
  const index = (): TraceIndex => TraceIndex.of(recording);
  while (index().events("term").length === 0) recording.step();
  const candidate = recording.log.at(index().events("term")[0] ?? 0);
  run.act({ kind: "crash", server: candidate, durationUs: null });
  const restarted = run.act({ kind: "restart", server: candidate }).eventId;
  expect(
    index()
      .lane(candidate)
      .map(({ status, role, term, vote }) => [status, role, term, vote]),
  ).toEqual([
    ["up", "follower", 0, 0],
    ["up", "candidate", 1, candidate],
    ["down", "follower", 1, candidate],
    ["up", "follower", 0, 0],
  ]);
  expect(clusterAt(recording, restarted).servers[candidate - 1]?.term).toBe(0);
});

test("faults are spans from their beginning to their end, each in a row of its own while it lasts", () => {
  const run = failover();
  const { recording } = run;
  const before = timelineOf(recording, { buckets: 1 });
  expect(before.faults.map(({ text, kind, row, line }) => [text, kind, row, line])).toEqual([
    ["s3 is down", "down", 0, 7],
  ]);
  expect(before.faults[0]?.toUs).toBe(recording.log.timeUs(before.faults[0]?.endEventId ?? -1));
  run.act({ kind: "crash", server: 1, durationUs: null });
  run.act({ kind: "pause", server: 2, durationUs: 50_000 });
  run.until(2_000);
  const after = timelineOf(recording, { buckets: 1 });
  expect(after.faults.slice(1).map(({ text, row, toUs }) => [text, row, toUs === null])).toEqual([
    ["s1 is down", 0, true],
    ["s2 is paused", 1, false],
  ]);
  expect(after.faultRows).toBe(2);
  const middle = timelineOf(recording, { buckets: 1, fromUs: after.endUs - 1000, toUs: after.endUs });
  expect(middle.faults.map(({ text }) => text)).toEqual(["s1 is down"]);
});

test("each event is told where they are few, in the columns' order", () => {
  const { recording } = failover();
  const { log } = recording;
  const whole = timelineOf(recording, { buckets: 1 });
  expect(whole.each?.sinceUs.length).toBe(log.count);
  const part = timelineOf(recording, { buckets: 1, fromUs: 100_000, toUs: 400_000 });
  const { each } = part;
  if (each === null) throw new Error("too many");
  expect(each.first).toBe(log.lastAt(99_999) + 1);
  each.sinceUs.forEach((since, at) => {
    expect(part.fromUs + since).toBe(log.timeUs(each.first + at));
    if (log.kind(each.first + at) === "deliver") expect(each.signs[at]).toBe("deliver");
    const lane = each.lanes[at] ?? -1;
    expect(lane < 0 ? null : part.lanes[lane]?.server).toBe(
      log.at(each.first + at) >= 1 && log.at(each.first + at) <= 3 ? `s${log.at(each.first + at)}` : null,
    );
  });
});

test("at every moment the spans in force are the world's faults, and servers that are down or paused", () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const { recording } = churn(seed, 2_000);
    const { log } = recording;
    const whole = timelineOf(recording, { buckets: 1 });
    expect(whole.moreFaults).toBe(0);
    const rows = new Map<number, number>();
    for (const { row, fromUs, toUs } of whole.faults) {
      expect(rows.get(row) ?? 0).toBeLessThanOrEqual(fromUs);
      rows.set(row, toUs ?? Number.POSITIVE_INFINITY);
    }
    for (let id = 0; id + 1 < log.count; id += 7) {
      const timeUs = log.timeUs(id);
      // Between two instants, so that what an instant begins and ends is over.
      if (log.timeUs(id + 1) === timeUs) continue;
      const { faults, servers } = clusterAt(recording, id);
      const wanted = [
        ...faults.map(({ text }) => text),
        ...servers.flatMap(({ name, status }) => (status === "up" ? [] : [`${name} is ${status}`])),
      ].sort();
      const inForce = whole.faults.filter(({ fromUs, toUs }) => fromUs <= timeUs && (toUs === null || toUs > timeUs));
      expect(inForce.map(({ text }) => text).sort()).toEqual(wanted);
    }
  }
});
