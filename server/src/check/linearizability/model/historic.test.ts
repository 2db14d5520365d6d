import { describe, expect, it } from "vitest";
import type { RangeRequest } from "../../../kv/request.js";
import type { KeyValue, KvEvent, KvResponse } from "../../../kv/response.js";
import { checkHistoricReads, type HistoricOptions, type HistoricRead } from "./historic.js";

/** Revisions 2 to 4: k is put, put again and deleted. */
const first: KeyValue = { key: "k", value: "a", createRevision: 2, modRevision: 2, version: 1, lease: 0 };
const second: KeyValue = { ...first, value: "b", modRevision: 3, version: 2 };
const gone: KeyValue = { key: "k", value: "", createRevision: 0, modRevision: 4, version: 0, lease: 0 };
const changes: readonly KvEvent[] = [
  { type: "put", kv: first, previous: null },
  { type: "put", kv: second, previous: first },
  { type: "delete", kv: gone, previous: second },
];

const get: RangeRequest = { kind: "range", key: "k", serializable: true };

function found(revision: number, ...kvs: readonly KeyValue[]): KvResponse {
  return { kind: "range", revision, kvs, count: kvs.length, more: false };
}

function error(name: "compacted" | "future-revision" | "key-empty", revision = 0): KvResponse {
  return { kind: "error", revision, error: name };
}

/** Reads one after the other by one client at one server. */
function faults(reads: readonly (readonly [RangeRequest, KvResponse])[], options: HistoricOptions = {}): string[] {
  const history = reads.map(([request, response], at): HistoricRead => {
    return { id: at, client: 1, server: 2, request, call: at * 2, return: at * 2 + 1, response };
  });
  return checkHistoricReads(history, changes, options).map(({ id, kind }) => `${id} ${kind}`);
}

describe("reads that may be answered from the past", () => {
  it("are right at each revision, also below the current one and in transactions", () => {
    expect(
      faults([
        [get, found(1)],
        [get, found(2, first)],
        [get, found(3, second)],
        [{ ...get, revision: 2 }, found(3, first)],
        [get, found(4)],
        [{ ...get, revision: 3 }, found(4, second)],
      ]),
    ).toEqual([]);
    const transaction: HistoricRead = {
      id: 1,
      client: 1,
      server: null,
      request: { kind: "txn", compare: [], success: [get, { ...get, revision: 2 }], failure: [] },
      call: 1,
      return: 2,
      response: { kind: "txn", revision: 3, succeeded: true, responses: [found(3, second), found(3, first)] },
    };
    expect(checkHistoricReads([transaction], changes)).toEqual([]);
    const { response } = transaction;
    expect(checkHistoricReads([{ ...transaction, response: { ...response, revision: 2 } }], changes)).toMatchObject([
      { kind: "replay" },
    ]);
  });

  it("replay: not what the store held then", () => {
    expect(faults([[get, found(2, second)]])).toEqual(["0 replay"]);
    expect(faults([[get, found(4, second)]])).toEqual(["0 replay"]);
    expect(faults([[{ ...get, revision: 2 }, found(4, second)]])).toEqual(["0 replay"]);
    const [fault] = checkHistoricReads(
      [{ id: 7, client: 1, server: null, request: get, call: 1, return: 2, response: found(3, first) }],
      changes,
    );
    expect(fault?.message).toBe('by the changes up to revision 3, value of "k" in kvs[0] is "a", not "b"');
  });

  it("future: of a revision that there was not, or not yet", () => {
    expect(faults([[get, found(5)]])).toEqual(["0 future"]);
    const since = (revision: number): number => revision * 10;
    expect(faults([[get, found(2, first)]], { since })).toEqual(["0 future"]);
    expect(faults([[get, found(2, first)]], { since: () => 0 })).toEqual([]);
  });

  it("falling: an older state than before at the same server", () => {
    const reads = [
      [get, found(3, second)],
      [get, found(2, first)],
    ] as const;
    expect(faults(reads)).toEqual(["1 falling"]);
    const elsewhere = reads.map(([request, response], at): HistoricRead => {
      return { id: at, client: 1, server: at, request, call: at * 2, return: at * 2 + 1, response };
    });
    expect(checkHistoricReads(elsewhere, changes)).toEqual([]);
    const together = elsewhere.map((read) => ({ ...read, server: 1, call: read.id, return: read.id + 5 }));
    expect(checkHistoricReads(together, changes)).toEqual([]);
  });

  it("error: refused without reason", () => {
    expect(faults([[{ ...get, revision: 9 }, error("future-revision")]])).toEqual([]);
    expect(faults([[{ ...get, revision: 3 }, error("future-revision", 3)]])).toEqual(["0 error"]);
    expect(
      faults([
        [get, found(3, second)],
        [{ ...get, revision: 3 }, error("future-revision")],
      ]),
    ).toEqual(["1 error"]);
    expect(faults([[{ ...get, revision: 2 }, error("compacted")]])).toEqual([]);
    expect(faults([[{ ...get, revision: 2 }, error("compacted")]], { compactRevision: 3 })).toEqual([]);
    expect(faults([[{ ...get, revision: 2 }, error("compacted")]], { compactRevision: 2 })).toEqual(["0 error"]);
    expect(
      faults([
        [get, error("key-empty")],
        [{ ...get, key: "" }, error("key-empty")],
      ]),
    ).toEqual(["0 error"]);
  });
});
