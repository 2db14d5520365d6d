import { describe, expect, it } from "vitest";
import { FROM_KEY, prefixRange } from "./key-range.js";
import type { RangeRequest } from "./request.js";
import { MvccStore } from "./store.js";

function filled(...pairs: readonly (readonly [string, string])[]): MvccStore {
  const store = new MvccStore();
  for (const [key, value] of pairs) {
    store.put(key, value, 0);
    store.commit();
  }
  return store;
}

/** The keys found, the count, and whether there is more. */
function found(store: MvccStore, request: Omit<RangeRequest, "kind">): unknown {
  const response = store.range({ kind: "range", ...request });
  if (response.kind !== "range") return response.kind === "error" ? response.error : null;
  return [response.kvs.map(({ key }) => key).join(" "), response.count, response.more];
}

const all = { key: FROM_KEY, rangeEnd: FROM_KEY };

describe("a range", () => {
  const store = filled(["b", "3"], ["a", "2"], ["c", "1"], ["a", "9"], ["d", "0"]);

  it("has one key, the keys up to an end, or all from a key on", () => {
    expect(found(store, { key: "b" })).toEqual(["b", 1, false]);
    expect(found(store, { key: "b", rangeEnd: "d" })).toEqual(["b c", 2, false]);
    expect(found(store, { key: "b", rangeEnd: FROM_KEY })).toEqual(["b c d", 3, false]);
    expect(found(store, { key: "c", rangeEnd: "b" })).toEqual(["", 0, false]);
    expect(found(store, all)).toEqual(["a b c d", 4, false]);
  });

  it("sorts by any field; a target without an order means ascending", () => {
    expect(found(store, { ...all, sortTarget: "value" })).toEqual(["d c b a", 4, false]);
    expect(found(store, { ...all, sortTarget: "mod", sortOrder: "descend" })).toEqual(["d a c b", 4, false]);
    expect(found(store, { ...all, sortTarget: "create" })).toEqual(["b a c d", 4, false]);
    expect(found(store, { ...all, sortTarget: "version", sortOrder: "descend" })).toEqual(["a b c d", 4, false]);
    expect(found(store, { ...all, sortOrder: "descend" })).toEqual(["d c b a", 4, false]);
  });

  it("takes only the first keys where there is a limit and a sort target without an order, as etcd does", () => {
    expect(found(store, { ...all, sortTarget: "value", limit: 1 })).toEqual(["b", 4, true]);
    expect(found(store, { ...all, sortTarget: "value", sortOrder: "ascend", limit: 1 })).toEqual(["d", 4, true]);
    expect(found(store, { ...all, sortTarget: "value", limit: 1, minModRevision: 1 })).toEqual(["d", 4, true]);
  });

  it("filters before it limits, and counts before both", () => {
    expect(found(store, { ...all, minModRevision: 4, limit: 2 })).toEqual(["a c", 4, true]);
    expect(found(store, { ...all, maxCreateRevision: 3 })).toEqual(["a b", 4, false]);
    expect(found(store, { ...all, limit: 4 })).toEqual(["a b c d", 4, false]);
    expect(found(store, { ...all, countOnly: true, limit: 1 })).toEqual(["", 4, false]);
  });

  it("reads old revisions, and names the current one in the answer", () => {
    expect(found(store, { ...all, revision: 3 })).toEqual(["a b", 2, false]);
    expect(found(store, { ...all, revision: 3, countOnly: true })).toEqual(["", 2, false]);
    expect(store.range({ kind: "range", key: "a", revision: 4 })).toMatchObject({ revision: 6, kvs: [{ value: "2" }] });
    expect(found(store, { key: "a", revision: 7 })).toBe("future-revision");
    expect(found(store, { key: "", rangeEnd: FROM_KEY })).toBe("key-empty");
  });

  it("may be read at the compacted revision, not before it", () => {
    const compacted = store.clone();
    expect(compacted.compact(4)).toBeNull();
    expect(compacted.compact(4)).toBe("compacted");
    expect(compacted.compact(7)).toBe("future-revision");
    expect(found(compacted, { ...all, revision: 4 })).toEqual(["a b c", 3, false]);
    expect(found(compacted, { ...all, revision: 3 })).toBe("compacted");
    expect(found(compacted, { ...all, revision: -1 })).toEqual(["a b c d", 4, false]);
    expect(found(store, { ...all, revision: 3 })).toEqual(["a b", 2, false]);
  });

  it("shows keys without values where only they are wanted", () => {
    const response = store.range({ kind: "range", key: "a", keysOnly: true });
    const kv = { key: "a", value: "", createRevision: 3, modRevision: 5, version: 2, lease: 0 };
    expect(response).toMatchObject({ kvs: [kv] });
  });

  it("orders keys and prefixes by UTF-8", () => {
    const texts = filled(["\u{10000}", ""], ["\uffff", ""], ["a\u{10ffff}", ""], ["b", ""]);
    expect(found(texts, { key: "\uffff", rangeEnd: FROM_KEY })).toEqual(["\uffff \u{10000}", 2, false]);
    expect(found(texts, prefixRange("a\u{10ffff}"))).toEqual(["a\u{10ffff}", 1, false]);
  });
});

describe("entries", () => {
  it("come from behind a key on, at most so many", () => {
    const store = filled(["a", ""], ["a\0", ""], ["ab", ""], ["b", ""]);
    const keys = (limit?: number, after?: string): string[] => store.entries(limit, after).map(({ key }) => key);
    expect(keys()).toEqual(["a", "a\0", "ab", "b"]);
    expect(keys(2, "a")).toEqual(["a\0", "ab"]);
    expect(keys(undefined, "ab")).toEqual(["b"]);
    expect(keys(0)).toEqual([]);
  });
});

describe("histories", () => {
  it("keep a deletion at the compacted revision, and drop it with the next compaction", () => {
    const store = filled(["a", "1"], ["a", "2"]);
    store.remove({ key: "a" });
    store.commit();
    store.put("b", "", 0);
    store.commit();
    store.compact(4);
    expect(store.eventsSince(4, all).map(({ type, kv }) => [type, kv.key])).toEqual([
      ["delete", "a"],
      ["put", "b"],
    ]);
    expect(store.historyOf("a")).toMatchObject([{ type: "delete", previous: null }]);
    store.compact(5);
    expect(store.historyOf("a")).toEqual([]);
    expect(store.eventsSince(5, { key: "a" })).toEqual([]);
  });

  it("do not come with a pair or an event", () => {
    const store = filled(["k", "1"]);
    store.put("k", "2", 0);
    const [event] = store.commit();
    expect(Object.keys(event ?? {})).toEqual(["type", "kv", "previous"]);
    expect(Object.keys(event?.kv ?? {})).toEqual(["key", "value", "createRevision", "modRevision", "version", "lease"]);
  });
});
