import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { KeyValue, KvEvent } from "../../kv/response.js";
import { checkWatch } from "./check.js";
import type { WatchGuarantee, WatchRequest, WatchStep, WatchViolation } from "./watch.js";

type Change = readonly ["put", string, string] | readonly ["delete", string];

/** The events of revisions from 2 on, each given by its changes. */
function storeOf(revisions: readonly (readonly Change[])[]): KvEvent[] {
  const live = new Map<string, KeyValue>();
  return revisions.flatMap((changes, at) =>
    changes.map((change): KvEvent => {
      const [type, key, value = ""] = change;
      const modRevision = at + 2;
      const previous = live.get(key) ?? null;
      if (type === "delete") {
        live.delete(key);
        return { type, kv: { key, value, createRevision: 0, modRevision, version: 0, lease: 0 }, previous };
      }
      const { createRevision = modRevision, version = 0 } = previous ?? {};
      const kv = { key, value, createRevision, modRevision, version: version + 1, lease: 0 };
      live.set(key, kv);
      return { type, kv, previous };
    }),
  );
}

/** Revisions 2 to 8: p/a and p/b are put, q, p/a again, both p/ keys deleted in one revision, p/a and p/b put. */
const changes = storeOf([
  [["put", "p/a", "1"]],
  [["put", "p/b", "2"]],
  [["put", "q", "3"]],
  [["put", "p/a", "4"]],
  [
    ["delete", "p/a"],
    ["delete", "p/b"],
  ],
  [["put", "p/a", "5"]],
  [["put", "p/b", "6"]],
]);

const REQUEST: WatchRequest = { key: "p/", rangeEnd: "p0", from: 3, without: null, prevKv: true };

/** The events wanted: of revisions 3, 5, 6, 6, 7, 8. */
const wanted = changes.filter(({ kv }) => kv.key.startsWith("p/") && kv.modRevision >= 3);

function event(at: number): KvEvent {
  const found = wanted[at];
  if (found === undefined) throw new Error(`no event ${at}`);
  return found;
}

const opened: WatchStep = { kind: "connected", from: 3 };
const resumed = (from: number): WatchStep => ({ kind: "connected", from });
const progress = (revision: number): WatchStep => ({ kind: "progress", revision });

/** Steps from events by their places, each revision a batch, and other steps. */
function steps(...parts: readonly (number | KvEvent | WatchStep)[]): WatchStep[] {
  return parts.map((part): WatchStep => {
    if (typeof part === "object" && "kind" in part) return part;
    const told = typeof part === "number" ? event(part) : part;
    return { kind: "events", batch: told.kv.modRevision, events: [told] };
  });
}

function violations(received: readonly WatchStep[], request: Partial<WatchRequest> = {}): WatchViolation[] {
  const found = checkWatch({ ...REQUEST, ...request }, received, changes);
  for (const { message, revision, position } of found) {
    expect(message).toContain(`revision ${revision}`);
    expect(position).toBeGreaterThanOrEqual(0);
    expect(position).toBeLessThan(received.length);
  }
  return found;
}

function broken(received: readonly WatchStep[], request: Partial<WatchRequest> = {}): WatchGuarantee[] {
  return [...new Set(violations(received, request).map(({ guarantee }) => guarantee))];
}

/** An event with something of its pair told otherwise. */
function forged(at: number, fields: Partial<KeyValue>): KvEvent {
  const { kv, ...rest } = event(at);
  return { ...rest, kv: { ...kv, ...fields } };
}

describe("a watch's guarantees", () => {
  it("hold for what arrives in order, whole and once, all at once or bit by bit, or not yet", () => {
    expect(wanted.map(({ kv }) => kv.modRevision)).toEqual([3, 5, 6, 6, 7, 8]);
    expect(violations(steps(0, 1, 2, 3, 4, 5))).toEqual([]);
    expect(violations([opened, { kind: "events", batch: 1, events: wanted }])).toEqual([]);
    expect(violations(steps(opened, 0, 1, resumed(6), 2, 3, progress(6), 4, 5, progress(8)))).toEqual([]);
    expect(violations([])).toEqual([]);
    expect(violations(steps(0, 1))).toEqual([]);
  });

  it("ordered: a later change before an earlier one, or the changes of one revision the wrong way round", () => {
    expect(broken(steps(1, 0, 2, 3))).toEqual(["ordered"]);
    expect(broken(steps(0, 1, 3, 2, 4))).toEqual(["ordered"]);
  });

  it("unique: a change twice", () => {
    expect(broken(steps(0, 1, 0, 2, 3))).toEqual(["unique"]);
    expect(broken(steps(opened, 0, 1, resumed(3), 0, 1, 2, 3))).toEqual(["unique"]);
  });

  it("reliable: a gap", () => {
    expect(violations(steps(0, 2, 3))).toEqual([
      {
        guarantee: "reliable",
        position: 1,
        revision: 5,
        key: "p/a",
        message: 'the put of "p/a" at revision 5 was never received, though later ones were',
      },
    ]);
    expect(broken(steps(1, 2, 3))).toEqual(["reliable"]);
    expect(broken(steps(opened, 0, resumed(6), 2, 3))).toEqual(["reliable"]);
  });

  it("reliable: a watch given up as compacted that has all of the past it needs", () => {
    const canceled = (compactRevision: number): WatchStep => ({ kind: "canceled", compactRevision });
    expect(broken(steps(0, canceled(5)))).toEqual([]);
    expect(broken(steps(0, canceled(4)))).toEqual(["reliable"]);
    expect(broken(steps(0, canceled(0)))).toEqual([]);
  });

  it("atomic: a revision in part, or in two parts", () => {
    expect(broken(steps(0, 1, 2, 4))).toEqual(["atomic"]);
    expect(broken(steps(0, 1, 2))).toEqual(["atomic"]);
    expect(broken([...steps(0, 1, 2), { kind: "events", batch: 99, events: [event(3)] }])).toEqual(["atomic"]);
    expect(broken(steps(0, 1, 2, 3))).toEqual([]);
  });

  it("resumable: events left out after a reconnection, or from before what it asked for", () => {
    expect(violations(steps(opened, 0, resumed(4), 2, 3))).toEqual([
      {
        guarantee: "resumable",
        position: 3,
        revision: 5,
        key: "p/a",
        message: 'the put of "p/a" at revision 5 was left out when the watch was taken up again',
      },
    ]);
    expect(broken(steps(opened, 0, resumed(7), 1, 2, 3))).toEqual(["resumable"]);
  });

  it("bookmarkable: an event that a notification of progress had promised before it, or that never came", () => {
    expect(broken(steps(0, progress(5), 1, 2, 3))).toEqual(["bookmarkable"]);
    expect(violations(steps(0, 1, progress(7)))).toMatchObject([
      { guarantee: "bookmarkable", position: 2, revision: 6 },
      { guarantee: "bookmarkable", position: 2, revision: 6 },
      { guarantee: "bookmarkable", position: 2, revision: 7 },
    ]);
    expect(broken(steps(0, progress(4), 1))).toEqual([]);
  });

  it("filter: a key, a revision or a type that nobody asked for", () => {
    const other = changes.find(({ kv }) => kv.key === "q");
    const early = changes[0];
    if (other === undefined || early === undefined) throw new Error("no such events");
    expect(broken(steps(0, other, 1))).toEqual(["filter"]);
    expect(broken(steps(early, 0))).toEqual(["filter"]);
    expect(broken(steps(0, 1, 2, 3, 4), { without: "delete" })).toEqual(["filter"]);
    expect(broken(steps(0, 1, 4, 5), { without: "delete" })).toEqual([]);
    expect(broken(steps(2, 3), { without: "put" })).toEqual([]);
  });

  it("previous-value: a previous pair that is missing, made up or another one", () => {
    const without = { ...event(1), previous: null };
    expect(broken(steps(0, without))).toEqual(["previous-value"]);
    expect(broken(steps(0, without), { prevKv: false })).toEqual([]);
    expect(broken(steps(0, { ...event(1), previous: event(0).kv }))).toEqual(["previous-value"]);
    expect(broken(steps({ ...event(0), previous: event(0).kv }))).toEqual(["previous-value"]);
    expect(checkWatch(REQUEST, steps(0, without), changes, 5)).toEqual([]);
    expect(checkWatch(REQUEST, steps(0, without), changes, 4)).toMatchObject([{ guarantee: "previous-value" }]);
  });

  it("created-flag: a creation that does not look like one, or the other way round", () => {
    expect(broken(steps(forged(0, { createRevision: 2 }), 1))).toEqual(["created-flag"]);
    expect(broken(steps(0, forged(1, { createRevision: 5 })))).toEqual(["created-flag"]);
  });

  it("genuine: a change that never happened, or happened otherwise", () => {
    expect(broken(steps(forged(0, { value: "forged" }), 1))).toEqual(["genuine"]);
    expect(broken(steps(0, forged(1, { createRevision: 3 })))).toEqual(["genuine"]);
    expect(broken(steps(0, 1, 2, 3, 4, 5, forged(5, { modRevision: 99, createRevision: 99 })))).toEqual(["genuine"]);
  });

  it("break whenever an event before the last revision is dropped, repeated or moved", () => {
    const last = wanted.length - 2;
    fc.assert(
      fc.property(fc.nat(last), fc.nat(last), (from, to) => {
        const places = [...wanted.keys()];
        const rest = places.filter((place) => place !== from);
        expect(broken(steps(...rest))).not.toEqual([]);
        expect(broken(steps(...places.slice(0, to), from, ...places.slice(to)))).not.toEqual([]);
        if (from !== to) expect(broken(steps(...rest.slice(0, to), from, ...rest.slice(to)))).not.toEqual([]);
      }),
    );
  });
});

/** Random revisions of a store with four keys. */
const histories = fc
  .array(
    fc.uniqueArray(fc.tuple(fc.constantFrom("put", "delete"), fc.constantFrom("a", "aa", "b", "c")), {
      minLength: 1,
      maxLength: 3,
      selector: ([, key]) => key,
    }),
    { maxLength: 25 },
  )
  .map((revisions) => {
    const live = new Set<string>();
    const kept = revisions.map((parts, at) =>
      parts.flatMap(([type, key]): Change[] => {
        if (type === "put") live.add(key);
        else if (!live.delete(key)) return [];
        return [type === "put" ? ["put", key, `${at}`] : ["delete", key]];
      }),
    );
    return storeOf(kept.filter((parts) => parts.length > 0));
  });

const requests: fc.Arbitrary<WatchRequest> = fc.record({
  key: fc.constantFrom("a", "b"),
  rangeEnd: fc.constantFrom("", "b", "\0"),
  from: fc.integer({ min: 1, max: 12 }),
  without: fc.constantFrom(null, "put", "delete"),
  prevKv: fc.boolean(),
});

/** What a server does that keeps all promises: batches, notifications of progress, and connections that break. */
function serve(request: WatchRequest, all: readonly KvEvent[], choices: readonly number[]): WatchStep[] {
  const { key, rangeEnd = "", without } = request;
  const mine = all.filter(
    ({ type, kv }) =>
      kv.modRevision >= request.from &&
      type !== without &&
      (rangeEnd === "" ? kv.key === key : kv.key >= key && (rangeEnd === "\0" || kv.key < rangeEnd)),
  );
  const received: WatchStep[] = [{ kind: "connected", from: request.from }];
  let next = request.from;
  choices.forEach((choice, batch) => {
    const until = next + (choice % 4);
    if (choice % 5 === 0) received.push({ kind: "connected", from: next });
    else if (choice % 7 === 0) received.push({ kind: "progress", revision: next - 1 });
    else {
      const events = mine.filter(({ kv }) => kv.modRevision >= next && kv.modRevision <= until);
      const cut = choice % 3;
      const told = events.map((event) => (request.prevKv ? event : { ...event, previous: null }));
      received.push(
        { kind: "events", batch, events: told.slice(0, cut) },
        { kind: "events", batch, events: told.slice(cut) },
      );
      next = until + 1;
    }
  });
  return received;
}

describe("a server that keeps its promises", () => {
  it("is never accused", () => {
    fc.assert(
      fc.property(histories, requests, fc.array(fc.nat(104), { maxLength: 15 }), (all, request, choices) => {
        expect(checkWatch(request, serve(request, all, choices), all)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("is never accused for pairs that compaction took, nor for ending a watch that has fallen behind it", () => {
    fc.assert(
      fc.property(histories, fc.nat(20), fc.nat(104), (all, compactRevision, choice) => {
        const request: WatchRequest = { key: "a", rangeEnd: "\0", from: 1, without: null, prevKv: true };
        const events = all.map((event) => {
          const gone = event.kv.modRevision <= compactRevision && (event.kv.modRevision + choice) % 2 === 0;
          return gone ? { ...event, previous: null } : event;
        });
        const before = events.filter(({ kv }) => kv.modRevision < compactRevision - 1);
        const received: WatchStep[] = [{ kind: "events", batch: 1, events: before }];
        if (compactRevision > 1) received.push({ kind: "canceled", compactRevision });
        expect(checkWatch(request, received, all, compactRevision)).toEqual([]);
        expect(checkWatch(request, [{ kind: "events", batch: 1, events }], all, compactRevision)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it("is checked in time that grows with the stream: a hundred thousand events, and as many lost ones", () => {
    const revisions = Array.from({ length: 100_000 }, (_, at): readonly Change[] => [["put", `k${at % 10}`, `${at}`]]);
    const all = storeOf(revisions);
    const request: WatchRequest = { key: "k", rangeEnd: "l", from: 2, without: null, prevKv: true };
    const received = all.map((event, batch): WatchStep => ({ kind: "events", batch, events: [event] }));
    expect(checkWatch(request, received, all)).toEqual([]);
    const halved = received.filter((_, at) => at % 2 === 1);
    expect(checkWatch(request, halved, all)).toHaveLength(50_000);
  });
});
