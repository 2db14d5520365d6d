import { describe, expect, test } from "vitest";
import { check } from "./check.js";
import { fileOf } from "./fixtures/design-examples.js";
import { format } from "./format/format.js";
import { overrideSettings } from "./override.js";
import type { Invoke, Step } from "./program.js";

function stepsOf(...lines: readonly string[]): readonly Step[] {
  const { program, diagnostics } = check(fileOf(lines));
  expect(diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([]);
  return program.scenarios[0]?.steps ?? [];
}

/** The last of the steps, an operation. */
function invokeOf(...lines: readonly string[]): Invoke {
  const step = stepsOf(...lines).at(-1);
  if (step?.kind !== "invoke") throw new Error(`no operation in ${lines.join("; ")}`);
  return step.invoke;
}

/** What the editor says of the steps: `code at line`. */
function findings(...lines: readonly string[]): string[] {
  const text = fileOf(lines);
  return check(text).diagnostics.map(({ code, span }) => `${code} ${text.slice(0, span.start).split("\n").length - 3}`);
}

describe("operations on keys", () => {
  test("a read has all that etcd's range has", () => {
    expect(
      invokeOf("get a to b order descend by mod limit 3 rev 7 min-mod 2 max-create 9 keys-only").operation,
    ).toEqual({
      kind: "get",
      keys: { kind: "to", key: "a", end: "b" },
      serializable: false,
      rev: 7,
      limit: 3,
      order: "descend",
      by: "mod",
      keysOnly: true,
      countOnly: false,
      minMod: 2,
      maxMod: null,
      minCreate: null,
      maxCreate: 9,
    });
    expect(invokeOf("get serializable count-only from-key at s2")).toMatchObject({
      operation: { keys: { kind: "from", key: "serializable" }, serializable: false, countOnly: true },
      at: { name: "s2" },
    });
    expect(invokeOf('delete "" prefix').operation).toMatchObject({ keys: { kind: "prefix", key: "" } });
  });

  test("a put keeps its value or its lease", () => {
    expect(invokeOf("put a ignore-value").operation).toMatchObject({ value: null, lease: null, ignoreLease: false });
    expect(invokeOf('put a "1" ignore-lease prev-kv').operation).toMatchObject({ ignoreLease: true, prevKv: true });
    expect(invokeOf("lock m as k", "put a k.token lease k").operation).toMatchObject({
      lease: "k",
      value: { kind: "handle", handle: "k", field: "token" },
    });
  });

  test("a transaction has compares, branches and transactions in them", () => {
    const { operation } = invokeOf(
      "lease grant l ttl 5s",
      'txn { if a == "1" and version(/x/ prefix) < 2 and lease(a) != l then else txn { then get a } }',
    );
    expect(operation).toMatchObject({
      compares: [
        { target: "value", operator: "==", keys: { kind: "one" }, operand: { kind: "string", value: "1" } },
        {
          target: "version",
          operator: "<",
          keys: { kind: "prefix", key: "/x/" },
          operand: { kind: "number", value: 2 },
        },
        { target: "lease", operator: "!=", operand: { kind: "word", value: "l" } },
      ],
      success: [],
      failure: [{ kind: "txn", compares: [], success: [{ kind: "get" }], failure: [] }],
    });
    expect(invokeOf('txn { if owner == "x" then get a }').operation).toMatchObject({
      compares: [{ kind: "compare", target: "value", keys: { key: "owner" } }],
    });
  });

  test("results are values, counts, times and revisions", () => {
    const outcomes = (...lines: string[]): unknown => invokeOf(...lines).expected?.outcomes;
    expect(outcomes('get a => "1" rev 4 create 2 version 3 | none')).toMatchObject([
      { kind: "value", value: { kind: "string", value: "1" }, rev: 4, create: 2, version: 3 },
      { kind: "none" },
    ]);
    expect(outcomes("get a prefix count-only => 3")).toMatchObject([
      { value: { kind: "number", value: 3 }, rev: null },
    ]);
    expect(outcomes("get a => 007")).toMatchObject([{ value: { kind: "string", value: "007" } }]);
    expect(outcomes('put a "1" => ok rev 2')).toEqual([{ kind: "ok", rev: 2 }]);
    expect(outcomes("lease grant l ttl 5s", "lease ttl l => 3s..5s | 1s")).toEqual([
      { kind: "ttl", min: 3_000_000, max: 5_000_000 },
      { kind: "ttl", min: 1_000_000, max: 1_000_000 },
    ]);
  });
});

describe("leases, watches, locks and elections", () => {
  test("a lock that is begun with async is awaited by its name", () => {
    const [lock, wait] = stepsOf("async bob lock m as k ttl 5s", "await k => ok within 9s");
    expect(lock).toMatchObject({
      invoke: { async: true, handle: "k", operation: { handle: "k", ttl: 5_000_000, lease: null, within: null } },
    });
    expect(wait).toMatchObject({ kind: "await-handle", handle: "k" });
    expect(invokeOf("lock m as k => ok within 2s").operation).toMatchObject({ within: 2_000_000 });
    expect(invokeOf("lock m as k within 2s => ok").handle).toBeNull();
  });

  test("what a client believes of its lock is a condition", () => {
    const on = { kind: "compare", operator: "==", left: { kind: "handle", field: "held" }, right: { value: "on" } };
    expect(stepsOf("lock m as k", "expect k.held").at(-1)).toMatchObject({ condition: on });
    expect(stepsOf("lock m as k", "await not k.held within 1s").at(-1)).toMatchObject({
      condition: { kind: "not", operand: on },
    });
  });

  test("watches and observers see each their own", () => {
    expect(stepsOf("watch a as w", 'expect w saw [put a "1" prev "0" rev 2, put a, delete b]').at(-1)).toMatchObject({
      events: [
        { type: "put", value: "1", prev: "0", rev: 2 },
        { type: "put", value: null, prev: null, rev: null },
        { type: "delete", key: "b" },
      ],
    });
    expect(stepsOf("observe boss as o", 'expect o saw ["alice" "bob"]').at(-1)).toMatchObject({
      kind: "expect-observed",
      values: [{ value: "alice" }, { value: "bob" }],
    });
    expect(findings("watch a as w", 'expect w saw ["alice"]')).toEqual(["RL1030 2"]);
  });

  test("clients crash and pause like servers", () => {
    expect(stepsOf("crash alice").at(-1)).toMatchObject({ target: { kind: "client", name: "alice" } });
    expect(findings("await leader", "crash alice", "pause {bob alice} for 1s", "expect leader within 1s")).toEqual([]);
    expect(findings("isolate alice")).toEqual(["RL1021 1"]);
  });
});

describe("findings that know etcd", () => {
  test("two branches of a transaction may write one key, a nested one beside it may not", () => {
    expect(findings('txn { if a == "1" then put b "1" else put b "2" }')).toEqual([]);
    expect(findings('txn { then txn { if a == "1" then put b "1" else put b "2" } }')).toEqual([]);
    expect(findings('txn { then put b "0", txn { then put b "1" } }')).toEqual(["RL2302 1"]);
    expect(findings('txn { then put /a/1 "0", delete /a/ prefix }')).toEqual(["RL2302 1"]);
    expect(findings("txn { then delete a, delete a }")).toEqual([]);
    // An open-ended deletion beside a put is not seen as an overlap, as in etcd.
    expect(findings('txn { then put b "0", delete a from-key }')).toEqual([]);
    expect(findings('txn { then put b "0", put b "1" } => error duplicate-key')).toEqual([]);
  });

  test("a nested transaction has what the one around it leaves", () => {
    const gets = (count: number): string => Array.from({ length: count }, (_, at) => `get k${at}`).join(", ");
    const nested = (inner: number): string => `txn { then txn { then ${gets(inner)} }, ${gets(99)} }`;
    expect(findings(`txn { then ${gets(128)} }`)).toEqual([]);
    expect(findings(`txn { then ${gets(129)} }`)).toEqual(["RL2303 1"]);
    expect(findings(nested(28))).toEqual([]);
    expect(findings(nested(29))).toEqual(["RL2303 1"]);
  });

  test("what was revoked or compacted is gone, unless that is uncertain or expected", () => {
    const revoked = ["lease grant l ttl 5s", "lease revoke l"];
    expect(findings(...revoked, "lease keepalive l")).toEqual(["RL2313 3"]);
    expect(findings(...revoked, 'put a "1" lease l => error lease-not-found')).toEqual([]);
    expect(findings(...revoked, "lease grant l ttl 5s", 'put a "1" lease l')).toEqual([]);
    expect(findings("lease grant l ttl 5s", "lease revoke l => ok | timeout", "lease keepalive l")).toEqual([]);
    expect(findings("lease grant l ttl 5s", "async lease revoke l", "lease keepalive l")).toEqual([]);
    expect(findings("compact rev 5", "get a rev 4")).toEqual(["RL2314 2"]);
    expect(findings("compact rev 5", "get a rev 5", "get a rev 99", "get a rev 4 serializable")).toEqual([]);
    expect(findings("compact rev 5", "watch a from rev 2 as w", "expect w canceled error compacted")).toEqual([]);
    expect(findings("compact rev 5 => error future-revision", "get a rev 4")).toEqual([]);
  });

  test("a repeated part, and parts that exclude each other, are errors", () => {
    expect(findings("get a rev 1 rev 2")).toEqual(["RL1026 1"]);
    expect(findings("get a prefix to b")).toEqual(["RL1029 1"]);
    expect(findings('put a "1" ignore-value')).toEqual(["RL1029 1"]);
    expect(findings("lease grant l ttl 5s", "lock m as k lease l ttl 5s")).toEqual(["RL1029 2"]);
    expect(findings("lease grant l ttl 5s", 'put a "1" lease l ignore-lease => error lease-provided')).toEqual([]);
  });
});

describe("settings", () => {
  const configOf = (settings: string) =>
    check(`cluster { nodes s1..s3; ${settings} }\nscenario "x" { await leader }\n`).program.scenarios[0]?.config;

  test("have etcd's defaults", () => {
    expect(configOf("")).toMatchObject({
      retries: "all",
      quota: 2_147_483_648,
      maxTxnOps: 128,
      maxRequestBytes: 1_572_864,
      leaseCheckpoint: null,
      watchProgress: 600_000_000,
    });
    expect(configOf("lease-checkpoint 5min; watch-progress 100ms")).toMatchObject({
      leaseCheckpoint: 300_000_000,
      watchProgress: 100_000,
    });
  });

  test("retries go with sessions unless they are set", () => {
    expect(configOf("sessions off")?.retries).toBe("reads");
    expect(configOf("sessions off; retries all")?.retries).toBe("all");
    const config = configOf("");
    if (config === undefined) throw new Error("there is a scenario");
    expect(overrideSettings(config, ["sessions off"])).toMatchObject({ retries: "reads" });
    expect(overrideSettings(config, ["retries reads", "sessions on"])).toMatchObject({ sessions: true });
  });
});

test("a transaction is laid out over lines", () => {
  const body = [
    "  txn {",
    '    if a == "1" and',
    "      mod(b) > 2",
    '    then put a "2",',
    "      get b",
    "    else get a",
    "  } => ok",
  ];
  const text = `scenario "x" {\n${body.map((line) => `${line.trim()}\n`).join("")}}\n`;
  expect(format(text).split("\n").slice(1, 8)).toEqual(body);
});
