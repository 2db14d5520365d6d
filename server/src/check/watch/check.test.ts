import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prefixRange } from "../../kv/key-range.js";
import type { KvRequest } from "../../kv/request.js";
import type { KeyValue, KvEvent } from "../../kv/response.js";
import { KvStateMachine } from "../../kv/state-machine.js";
import { checkWatch } from "./check.js";
import { type WatchedEvent, type WatchedStream, type WatchGuarantee, watchViolationText } from "./watch.js";

/** The changes of a store that was asked this. */
function changes(): readonly KvEvent[] {
  const machine = new KvStateMachine();
  const put = (key: string, value: string): KvRequest => ({ kind: "put", key, value });
  const requests: readonly KvRequest[] = [
    put("p/a", "1"),
    put("p/b", "2"),
    put("q", "3"),
    put("p/a", "4"),
    { kind: "delete", ...prefixRange("p/") },
    put("p/a", "5"),
    put("p/b", "6"),
  ];
  return requests.flatMap((operation) => machine.apply({ client: 0, sequence: 0, operation }).events);
}

const all = changes();
const STREAM: WatchedStream = {
  keys: prefixRange("p/"),
  from: 3,
  without: null,
  prevKv: true,
  received: [],
  resumed: [],
  progress: [],
};
const wanted = all.filter((event) => event.kv.key.startsWith("p/") && event.kv.modRevision >= 3);
const right: readonly WatchedEvent[] = wanted.map((event) => ({ event, batch: event.kv.modRevision }));

function broken(
  received: readonly WatchedEvent[],
  more: Partial<WatchedStream> = {},
  compacted = -1,
): WatchGuarantee[] {
  const violations = checkWatch({ ...STREAM, ...more, received }, { changes: all, compactRevision: compacted });
  for (const violation of violations) expect(watchViolationText(violation)).toContain(`revision ${violation.revision}`);
  return [...new Set(violations.map(({ guarantee }) => guarantee))].sort();
}

function at(position: number): WatchedEvent {
  const event = right[position];
  if (event === undefined) throw new Error(`no event ${position}`);
  return event;
}

describe("watch guarantees", () => {
  it("hold for what arrives in order, whole and once, all at once or bit by bit", () => {
    expect(right.map(({ event }) => event.kv.modRevision)).toEqual([3, 5, 6, 6, 7, 8]);
    expect(broken(right)).toEqual([]);
    expect(broken(right.map(({ event }) => ({ event, batch: 1 })))).toEqual([]);
    expect(broken([])).toEqual([]);
    expect(broken(right.slice(0, 2))).toEqual([]);
  });

  it("ordered: a later change before an earlier one", () => {
    expect(broken([at(1), at(0), ...right.slice(2)])).toEqual(["ordered"]);
  });

  it("ordered: the changes of one revision the wrong way round", () => {
    expect(broken([at(0), at(1), at(3), at(2), at(4)])).toEqual(["ordered"]);
  });

  it("unique: a change twice", () => {
    expect(broken([...right.slice(0, 2), at(0), ...right.slice(2)])).toEqual(["unique"]);
  });

  it("reliable: a gap", () => {
    expect(broken([at(0), ...right.slice(2)])).toEqual(["reliable"]);
    expect(broken(right.slice(1))).toEqual(["reliable"]);
  });

  it("atomic: a revision in part, or in two parts", () => {
    expect(broken([at(0), at(1), at(2), at(4)])).toEqual(["atomic"]);
    expect(broken([at(0), at(1), at(2)])).toEqual(["atomic"]);
    expect(broken([at(0), at(1), at(2), { ...at(3), batch: 99 }, at(4)])).toEqual(["atomic"]);
  });

  it("filter: a key or a revision that nobody asked for", () => {
    const other = all.find((event) => event.kv.key === "q");
    const early = all[0];
    if (other === undefined || early === undefined) throw new Error("no such events");
    expect(broken([at(0), { event: other, batch: 4 }, ...right.slice(1)])).toEqual(["filter"]);
    expect(broken([{ event: early, batch: 2 }, ...right])).toEqual(["filter"]);
  });

  it("genuine: a change that never happened, or happened otherwise", () => {
    const { event, batch } = at(0);
    const forged = { ...event, kv: { ...event.kv, value: "forged" } };
    expect(broken([{ event: forged, batch }, ...right.slice(1)])).toEqual(["genuine"]);
    const future = { ...event, kv: { ...event.kv, modRevision: 99 } };
    expect(broken([...right, { event: future, batch: 99 }])).toEqual(["genuine"]);
  });

  it("resumable: a gap where the watch was resumed", () => {
    const gap = [at(0), ...right.slice(2)];
    expect(broken(gap, { resumed: [{ revision: 6, received: 1 }] })).toEqual(["resumable"]);
    expect(broken(right, { resumed: [{ revision: 6, received: 2 }] })).toEqual([]);
    expect(broken(gap, { resumed: [{ revision: 7, received: 3 }] })).toEqual(["reliable"]);
  });

  it("bookmarkable: something of what was said to have been sent comes later, or never", () => {
    expect(broken(right, { progress: [{ revision: 5, received: 2 }] })).toEqual([]);
    expect(broken(right, { progress: [{ revision: 5, received: 1 }] })).toEqual(["bookmarkable"]);
    expect(broken(right.slice(0, 1), { progress: [{ revision: 8, received: 1 }] })).toEqual(["bookmarkable"]);
    // Two notifications that say the same are one fault.
    const twice = [5, 5].map((revision) => ({ revision, received: 1 }));
    expect(
      checkWatch({ ...STREAM, received: right, progress: twice }, { changes: all, compactRevision: -1 }),
    ).toHaveLength(1);
  });

  it("filter: a type that was to be left out", () => {
    expect(broken(right, { without: "delete" })).toEqual(["filter"]);
    expect(
      broken(
        right.filter(({ event }) => event.type === "put"),
        { without: "delete" },
      ),
    ).toEqual([]);
  });

  it("previous-value: absent, wrong, or not asked for", () => {
    const { event, batch } = at(1);
    const { previous } = event;
    if (previous === null) throw new Error("the second event replaces nothing");
    const withPrevious = (other: KeyValue | null): WatchedEvent[] => [
      at(0),
      { event: { ...event, previous: other }, batch },
    ];
    expect(broken(withPrevious(null))).toEqual(["previous-value"]);
    expect(broken(withPrevious({ ...previous, value: "other" }))).toEqual(["previous-value"]);
    expect(broken(withPrevious(null), {}, event.kv.modRevision)).toEqual([]);
    expect(broken(withPrevious(null), { prevKv: false })).toEqual([]);
    expect(broken(right, { prevKv: false })).toEqual(["previous-value"]);
  });

  it("created-flag: a change that is told as a creation, or the reverse", () => {
    const { event, batch } = at(1);
    const forged = { ...event, kv: { ...event.kv, createRevision: event.kv.modRevision } };
    expect(broken([at(0), { event: forged, batch }])).toEqual(["created-flag"]);
    const first = at(0);
    const denied = { ...first.event, kv: { ...first.event.kv, createRevision: 2 } };
    expect(broken([{ event: denied, batch: first.batch }])).toEqual(["created-flag"]);
  });

  it("break whenever an event before the last revision is dropped, repeated or moved", () => {
    const last = right.length - 2;
    fc.assert(
      fc.property(fc.nat(last), fc.nat(last), (from, to) => {
        const moved = right.filter((_, position) => position !== from);
        expect(broken(moved)).not.toEqual([]);
        expect(broken([...right.slice(0, to), at(from), ...right.slice(to)])).not.toEqual([]);
        moved.splice(to, 0, at(from));
        if (from !== to) expect(broken(moved)).not.toEqual([]);
      }),
    );
  });
});
