/** Each of etcd's errors (its code and text to the letter, `etcdserver/api/v3rpc/rpctypes/error.go`), provoked. */
import { describe, expect, it } from "vitest";
import { GRPC_CODES, isKvError, KV_ERRORS, type KvError } from "../../server/src/kv/error.js";
import type { KvRequest, RequestOp } from "../../server/src/kv/request.js";
import { KvStateMachine } from "../../server/src/kv/state-machine.js";
import type { ClientOperation } from "../../server/src/sim/client-operation.js";
import type { WorldConfig } from "../../server/src/sim/config.js";
import { plainWatch } from "../../server/src/sim/watch-options.js";
import { Run } from "../trace/runs.js";

const put = (key: string, value = "v"): KvRequest & RequestOp => ({ kind: "put", key, value });
const get: RequestOp = { kind: "range", key: "k" };
const txn = (...success: readonly RequestOp[]): KvRequest => ({ kind: "txn", compare: [], success, failure: [] });
const alarm = { kind: "alarm", action: "activate", member: 1, alarm: "corrupt" } as const;
const grant = (ttl: number): KvRequest => ({ kind: "lease-grant", id: 7, ttl });

/** Where a request goes. `alone`: to a server that is cut off from all others, when it has noticed. */
type Place = "anywhere" | "follower" | "alone" | "learner";

interface Case {
  readonly name: KvError;
  readonly code: number;
  readonly text: string;
  readonly before?: readonly ClientOperation[];
  readonly request: ClientOperation;
  readonly place?: Place;
  readonly config?: Partial<WorldConfig>;
}

const CASES: readonly Case[] = [
  { name: "key-empty", code: 3, text: "etcdserver: key is not provided", request: put("") },
  { name: "key-not-found", code: 3, text: "etcdserver: key not found", request: txn(null) },
  {
    name: "key-not-found",
    code: 3,
    text: "etcdserver: key not found",
    request: { kind: "put", key: "k", value: "", ignoreValue: true },
  },
  {
    name: "value-provided",
    code: 3,
    text: "etcdserver: value is provided",
    request: { kind: "put", key: "k", value: "v", ignoreValue: true },
  },
  {
    name: "lease-provided",
    code: 3,
    text: "etcdserver: lease is provided",
    request: { kind: "put", key: "k", value: "v", lease: 7, ignoreLease: true },
  },
  {
    name: "too-many-operations",
    code: 3,
    text: "etcdserver: too many operations in txn request",
    request: txn(get, get, get),
    config: { maxTxnOps: 2 },
  },
  {
    name: "duplicate-key",
    code: 3,
    text: "etcdserver: duplicate key given in txn request",
    request: txn(put("k"), put("k")),
  },
  {
    name: "request-too-large",
    code: 3,
    text: "etcdserver: request is too large",
    request: put("k", "x".repeat(200)),
    config: { maxRequestBytes: 100 },
  },
  {
    name: "lease-not-found",
    code: 5,
    text: "etcdserver: requested lease not found",
    request: { kind: "put", key: "k", value: "v", lease: 99 },
  },
  {
    name: "no-space",
    code: 8,
    text: "etcdserver: mvcc: database space exceeded",
    request: put("k", "x".repeat(200)),
    config: { quota: 100 },
  },
  {
    name: "lease-exists",
    code: 9,
    text: "etcdserver: lease already exists",
    before: [grant(60)],
    request: grant(60),
  },
  {
    name: "compacted",
    code: 11,
    text: "etcdserver: mvcc: required revision has been compacted",
    before: [put("k"), put("k"), { kind: "compact", revision: 3 }],
    request: { kind: "range", key: "k", revision: 2 },
  },
  {
    name: "future-revision",
    code: 11,
    text: "etcdserver: mvcc: required revision is a future revision",
    request: { kind: "range", key: "k", revision: 9 },
  },
  {
    name: "lease-ttl-too-large",
    code: 11,
    text: "etcdserver: too large lease TTL",
    request: grant(9_000_000_001),
  },
  { name: "not-leader", code: 9, text: "etcdserver: not leader", request: put("k"), place: "follower" },
  { name: "no-leader", code: 14, text: "etcdserver: no leader", request: put("k"), place: "alone" },
  {
    name: "learner",
    code: 9,
    text: "etcdserver: rpc not supported for learner",
    request: { kind: "range", key: "k" },
    place: "learner",
    config: { learners: [3] },
  },
  { name: "corrupt", code: 15, text: "etcdserver: corrupt cluster", before: [alarm], request: put("k") },
  {
    name: "key-not-found",
    code: 3,
    text: "etcdserver: key not found",
    before: [put("k")],
    // Here etcd's server stops: it does not see that the two overlap.
    request: txn({ kind: "delete", key: "a", rangeEnd: "\0" }, { kind: "put", key: "k", value: "", ignoreValue: true }),
  },
];

/** Those that other parts of the lab raise, and where they are provoked or why they cannot be. */
const ELSEWHERE: Readonly<Partial<Record<KvError, string>>> = {
  "empty-watcher-range": "a watch's; below",
  "request-superseded": "a session's; below",
  "election-no-leader": "the recipe's, in scenarios (server/src/scenario/clients/election.ts)",
  "election-not-leader": "the recipe's, in scenarios (server/src/scenario/clients/election.ts)",
  "session-expired": "the recipe's, in scenarios (server/src/scenario/clients/lock.ts)",
  unavailable: "the client itself is down or gives up, in scenarios (server/src/scenario/clients/queue.ts)",
  unimplemented: "cannot occur: a guard of the store's; a request that the language has not got cannot be sent",
  "watch-canceled": "cannot occur: a watch is cancelled by its own client, which expects it",
  "invalid-sort-option": "cannot occur: the words of `order` and `by` are the valid ones",
  "member-not-found": "cannot occur: alarms and members are named by servers of the cluster",
  "too-many-requests": "cannot occur: what is committed is applied at once",
  "bad-leader-transferee": "cannot occur: a transfer is a step about the cluster, which says `failed`",
  "leader-changed": "cannot occur: the client is sent to the new leader and asks again",
  locked: "cannot occur: there is no attempt at a lock that does not wait",
};

/** How the request ended for its client. */
function provoke({ before = [], request, place = "anywhere", config = {} }: Case): string {
  const run = new Run({ checkQuorum: true, ...config }).until(1_000);
  let nowMs = 1_000;
  const ask = (body: ClientOperation, at: number | null): number => {
    const { number } = run.act({ kind: "invoke", client: run.clientId, body, at });
    nowMs += 800;
    run.until(nowMs);
    return number;
  };
  for (const body of before) ask(body, null);
  const at = placeOf(run, place);
  if (place === "alone") {
    for (const server of [1, 2, 3]) if (server !== at) run.act({ kind: "crash", server, durationUs: null });
    nowMs += 3_000;
    run.until(nowMs);
  }
  const outcome = run.recording.history.operation(ask(request, at))?.outcome;
  if (outcome?.kind === "error") return outcome.error;
  return outcome?.kind ?? "nothing";
}

function placeOf(run: Run, place: Place): number | null {
  switch (place) {
    case "anywhere":
      return null;
    case "follower":
    case "alone":
      return (run.leader() % 3) + 1;
    case "learner":
      return 3;
  }
}

describe("an error of etcd's", () => {
  it.each(CASES)("$name", (each) => {
    const name = provoke(each);
    expect(name).toBe(each.name);
    const { code, message } = KV_ERRORS[each.name];
    expect([GRPC_CODES[code], message]).toEqual([each.code, each.text]);
  });

  it("empty-watcher-range", () => {
    const run = new Run().until(1_000);
    const options = plainWatch({ key: "b", rangeEnd: "a" });
    const { number } = run.act({ kind: "watch", client: run.clientId, name: "w", options, at: null });
    run.until(2_000);
    expect(run.recording.history.watch(number)?.cancellation?.error).toBe("empty-watcher-range");
    expect(KV_ERRORS["empty-watcher-range"].message).toBe("mvcc: watcher range is empty");
  });

  it("request-superseded", () => {
    const machine = new KvStateMachine({ sessions: true });
    machine.apply({ client: 1, sequence: 2, operation: put("k") });
    const { result } = machine.apply({ client: 1, sequence: 1, operation: put("k") });
    expect(result).toMatchObject({ kind: "error", error: "request-superseded" });
  });

  it("that is in the table is provoked, or it is said why not", () => {
    const provoked = new Set(CASES.map(({ name }) => name));
    const names = Object.keys(KV_ERRORS).filter(isKvError);
    expect(names.filter((name) => !provoked.has(name) && ELSEWHERE[name] === undefined)).toEqual([]);
    expect(names.filter((name) => provoked.has(name) && ELSEWHERE[name] !== undefined)).toEqual([]);
  });
});
