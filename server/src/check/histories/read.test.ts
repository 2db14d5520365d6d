import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RecordedHistory } from "./history.js";
import { firstWrong } from "./json-place.js";
import { readHistory } from "./read.js";

/** A history of our own format. */
function own(model: string, operations: readonly unknown[], header: object = {}): string {
  return JSON.stringify({ format: "raftlab-history/1", model, ...header, operations });
}

function read(text: string): RecordedHistory {
  const result = readHistory(text);
  if (result.kind !== "history") throw new Error(JSON.stringify(result));
  return result.history;
}

const PUT = { client: "a", op: "put", key: "k", value: "v", call: 1, return: 2, response: { revision: 2 } };

describe("reading histories", () => {
  it("reads arrays of events, of a register and of keys", () => {
    const register = {
      model: "cas-register",
      events: [
        [0, 7, 3, "w", 4],
        [0, 8, 1, "r"],
        [1, 8, null],
        [0, 9, 2, "r"],
        [1, 9, "?"],
      ],
    };
    const { model, initial, operations } = read(JSON.stringify(register));
    expect({ model, initial }).toEqual({ model: "register", initial: null });
    expect(
      operations.map(({ client, title, answer, call, return: end }) => [client, title, answer, call, end]),
    ).toEqual([
      ["3", 'write "4"', null, 0, null],
      ["1", "read", "none", 1, 2],
      ["2", "read", "?", 3, 4],
    ]);
    expect(operations[2]?.effect).toEqual({ kind: "nothing" });
    const keys = read(
      JSON.stringify({
        model: "kv-append",
        events: [
          [0, 0, 1, "a", "k", "x"],
          [1, 0],
          [0, 1, 1, "g", "k"],
          [1, 1, "x"],
        ],
      }),
    );
    expect(keys).toMatchObject({ model: "kv", initial: "" });
    expect(keys.operations.map(({ title, answer }) => [title, answer])).toEqual([
      ['append k "x"', "ok"],
      ["read k", '"x"'],
    ]);
  });

  it("reads our own format, in any order, and sorts by call", () => {
    const { operations } = read(
      own("kv", [
        { client: "b", op: "read", key: "k", call: 30, return: 40, response: 5 },
        { client: 1, op: "cas", key: "k", from: "1", to: 2, call: 10, return: null },
        { client: "a", op: "delete", key: "k", call: 5, return: 6, error: "lost" },
      ]),
    );
    expect(operations.map(({ id, client, title, answer, return: end }) => [id, client, title, answer, end])).toEqual([
      [0, "a", "delete k", "error lost", null],
      [1, "1", 'cas k "1" "2"', null, null],
      [2, "b", "read k", '"5"', 40],
    ]);
  });

  it("reads etcd's requests and answers with their fields", () => {
    const kv = { key: "k", value: "v", createRevision: 2, modRevision: 2, version: 1 };
    const { operations } = read(
      own("etcd", [
        PUT,
        {
          client: "a",
          op: "range",
          key: "k",
          rangeEnd: "l",
          limit: 1,
          call: 3,
          return: 4,
          response: { revision: 2, kvs: [kv] },
        },
        {
          client: "a",
          op: "txn",
          compare: [{ key: "k", target: "mod", operand: 2 }],
          success: [{ op: "delete", key: "k" }],
          call: 5,
          return: 6,
          response: { revision: 3, succeeded: true, responses: [{ revision: 3, deleted: 1 }] },
        },
        { client: "a", op: "compact", revision: 9, call: 7, return: 8, error: "future-revision" },
        { client: "a", op: "put", key: "k", value: "w", call: 9, return: 10, error: "etcdserver: request timed out" },
      ]),
    );
    expect(operations.map(({ effect }) => effect)).toEqual([
      {
        kind: "request",
        request: { kind: "put", key: "k", value: "v" },
        response: { kind: "put", revision: 2, prevKv: null },
      },
      {
        kind: "request",
        request: { kind: "range", key: "k", rangeEnd: "l", limit: 1 },
        response: { kind: "range", revision: 2, kvs: [{ ...kv, lease: 0 }], count: 1, more: false },
      },
      {
        kind: "request",
        request: {
          kind: "txn",
          compare: [{ key: "k", target: "mod", result: "equal", operand: 2 }],
          success: [{ kind: "delete", key: "k" }],
          failure: [],
        },
        response: {
          kind: "txn",
          revision: 3,
          succeeded: true,
          responses: [{ kind: "delete", revision: 3, deleted: 1, prevKvs: [] }],
        },
      },
      { kind: "nothing" },
      { kind: "request", request: { kind: "put", key: "k", value: "w" }, response: null },
    ]);
    // What was refused certainly ended; what timed out may still take effect.
    expect(operations.map(({ return: end }) => end)).toEqual([2, 4, 6, 8, null]);
  });

  it("reads operations by lines", () => {
    const lines = [
      '{"format":"raftlab-history/1","model":"etcd"}',
      JSON.stringify(PUT),
      "",
      JSON.stringify({ ...PUT, call: 4, return: 5 }),
    ];
    expect(read(lines.join("\n")).operations).toHaveLength(2);
    expect(read(lines.join("\r\n")).operations).toHaveLength(2);
    expect(readHistory([...lines, "{oops"].join("\n"))).toEqual({
      kind: "wrong",
      problem: { place: "line 5, column 2", message: '"o" cannot stand here: this is not JSON.' },
    });
    expect(readHistory([lines[0], '{"client":"a"}'].join("\n"))).toMatchObject({ problem: { place: "line 2.call" } });
  });

  it.each<[string, string, string, RegExp]>([
    ["nothing", " \n", "", /is empty/],
    ["no JSON", "hello", "line 1, column 1", /"h" cannot stand here/],
    ["half of it", '{"model": "x",\n "events": [[', "line 2, column 14", /ends too early/],
    ["a comma too many", '{\n"a": 1,\n}', "line 3, column 1", /cannot stand here/],
    ["a list", "[]", "", /object, and this is a list/],
    ["something else", "{}", "", /docs\/histories\.md/],
    ["what a run writes", '{"version":1,"results":[]}', "", /raftlab run --json/],
    ["another version", own("kv", []).replace("/1", "/2"), "format", /"raftlab-history\/1" is expected/],
    ["another model", own("queue", []), "model", /"register", "kv" or "etcd" is expected here, not "queue"/],
    ["a field misspelt", own("etcd", [{ ...PUT, prevkv: true }]), "operations[0].prevkv", /no such field/],
    ["a header's field misspelt", own("etcd", [PUT], { modell: 1 }), "modell", /no such field/],
    [
      "no call",
      own("etcd", [{ ...PUT, call: undefined }]),
      "operations[0].call",
      /whole number is expected here, not nothing/,
    ],
    ["no return", own("etcd", [{ ...PUT, return: undefined }]), "operations[0].return", /whole number/],
    ["half a microsecond", own("etcd", [{ ...PUT, call: 0.5 }]), "operations[0].call", /not 0.5/],
    [
      "a number that JSON rounds",
      own("etcd", [PUT]).replace('"call":1', '"call":12345678901234567890'),
      "operations[0].call",
      /whole number/,
    ],
    ["a return before its call", own("etcd", [{ ...PUT, return: 0 }]), "operations[0].return", /before its call at 1/],
    [
      "no answer",
      own("etcd", [{ ...PUT, response: undefined }]),
      "operations[0].response",
      /"error" or a return of null/,
    ],
    [
      "an answer and an error",
      own("etcd", [{ ...PUT, error: "x" }]),
      "operations[0].response",
      /Leave one of them out/,
    ],
    ["an answer that never came", own("etcd", [{ ...PUT, return: null }]), "operations[0].response", /return is null/],
    [
      "an unknown operation",
      own("kv", [{ ...PUT }]),
      "operations[0].op",
      /"read", "write", "append", "cas" or "delete"/,
    ],
    [
      "a read without a value",
      own("kv", [{ client: "a", op: "read", key: "k", call: 1, return: 2 }]),
      "operations[0].response",
      /value that was read/,
    ],
    [
      "an answer of another branch",
      own("etcd", [{ client: "a", op: "txn", call: 1, return: 2, response: { succeeded: true, responses: [{}] } }]),
      "operations[0].response.responses",
      /has 0 operations/,
    ],
    ["an event that is none", '{"model":"kv-append","events":[{}]}', "events[0]", /\[0, id, client, op/],
    ["an event of a third kind", '{"model":"kv-append","events":[[2,1]]}', "events[0]", /not 2/],
    ["a return without a call", '{"model":"kv-append","events":[[1,1,"x"]]}', "events[0]", /not under way/],
    ["two calls of one id", '{"model":"cas-register","events":[[0,1,1,"r"],[0,1,1,"r"]]}', "events[1]", /second time/],
    [
      "a cas without its result",
      '{"model":"cas-register","events":[[0,1,1,"c",1,2],[1,1]]}',
      "events[0]",
      /true or false/,
    ],
    [
      "values that are missing",
      '{"model":"cas-register","events":[[0,1,1,"c",1]]}',
      "events[0]",
      /takes 2 values, not 1/,
    ],
    [
      "an index that leads elsewhere",
      '{"histories":[{"file":"../../x","linearizable":true}]}',
      "histories[0].file",
      /beside the index/,
    ],
    [
      "an index of absolute paths",
      '{"histories":[{"file":"/x","linearizable":true}]}',
      "histories[0].file",
      /beside the index/,
    ],
  ])("says where and how a file is wrong: %s", (_, text, place, message) => {
    const result = readHistory(text);
    if (result.kind !== "wrong") throw new Error("it was accepted");
    expect(result.problem.place).toBe(place);
    expect(result.problem.message).toMatch(message);
  });

  it("refuses transactions that are nested without end", () => {
    const nested = (depth: number): string => {
      const txn = `"op":"txn","success":[{`.repeat(depth);
      return `{"format":"raftlab-history/1","model":"etcd","operations":[{"client":"a","call":1,"return":null,${txn}"op":"delete","key":"k"${"}]".repeat(depth)}}]}`;
    };
    expect(read(nested(15)).operations).toHaveLength(1);
    expect(readHistory(nested(5000))).toMatchObject({
      kind: "wrong",
      problem: { message: expect.stringMatching(/16 deep/) },
    });
  });

  it("finds where a text stops being JSON, as JSON.parse does that there is such a place", () => {
    const texts = fc.tuple(
      fc.json(),
      fc.nat(),
      fc.nat(2),
      fc.constantFrom("", ",", "}", "x", '"', "\\", "1", "\u0001", ":"),
    );
    fc.assert(
      fc.property(texts, ([json, where, gone, put]) => {
        const at = where % (json.length + 1);
        const text = json.slice(0, at) + put + json.slice(at + gone);
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        if (valid) return;
        const wrong = firstWrong(text);
        expect(wrong).toBeLessThanOrEqual(text.length);
        // What comes before it can still become JSON: nothing there is found wrong.
        if (wrong > 0) expect(firstWrong(text.slice(0, wrong))).toBe(wrong);
      }),
      { numRuns: 500 },
    );
    expect(firstWrong('{"a": [1, 2,, 3]}')).toBe(12);
    expect(firstWrong('["x\\q"]')).toBe(3);
    expect(firstWrong("{} {}")).toBe(3);
    expect(firstWrong("[1")).toBe(2);
  });

  it("never throws, whatever it is given", () => {
    const whole = own("etcd", [PUT, { ...PUT, op: "txn", response: { succeeded: false } }]);
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(5), fc.string({ unit: "binary", maxLength: 4 }), (at, gone, put) => {
        readHistory(whole.slice(0, at) + put + whole.slice(at + gone));
      }),
    );
    fc.assert(fc.property(fc.json(), (text) => readHistory(text).kind === "wrong"));
    const event = fc.array(
      fc.oneof(fc.nat(2), fc.constantFrom("r", "w", "c", "g", "p", "a", "?", null, true), fc.json()),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(fc.constantFrom("cas-register", "kv-append", "x"), fc.array(event), (model, events) => {
        readHistory(JSON.stringify({ model, events }));
      }),
    );
  });
});
