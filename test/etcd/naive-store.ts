import type { KeyValue, KvError, KvEvent } from "../../server/src/kv/contract.js";
import { inRange } from "../../server/src/kv/key-range.js";
import type {
  Compare,
  DeleteRangeRequest,
  KeyRange,
  KvRequest,
  PutRequest,
  RangeRequest,
  RequestOp,
  TxnRequest,
} from "../../server/src/kv/request.js";
import type { KvResponse } from "../../server/src/kv/response.js";

type Pairs = ReadonlyMap<string, KeyValue>;

/** Orders texts by their UTF-8, as Node does it. */
export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/**
 * The specification of the store: a full copy of the state for every revision, all events, and loops over everything. Of requests it
 * knows those that the properties make; the form of transactions is taken to be right.
 */
export class NaiveStore {
  compactRevision = -1;
  /** By revision; the first two stand for the empty store. */
  readonly states: Pairs[];
  readonly events: KvEvent[];
  readonly leases: Set<number>;
  #draft = new Map<string, KeyValue>();
  #changes: KvEvent[] = [];

  constructor(original: NaiveStore | null = null) {
    this.states = original?.states.slice() ?? [new Map(), new Map()];
    this.events = original?.events.slice() ?? [];
    this.leases = new Set(original?.leases);
    this.compactRevision = original?.compactRevision ?? -1;
  }

  get revision(): number {
    return this.states.length - 1;
  }

  at(revision: number): readonly KeyValue[] {
    return sorted(this.states[revision] ?? new Map());
  }

  /** Executes a request and returns its answer. */
  apply(request: KvRequest): KvResponse {
    this.#draft = new Map(this.states[this.revision]);
    this.#changes = [];
    const response = this.#execute(request);
    const events = this.#changes;
    if (events.length > 0) this.states.push(this.#draft);
    this.#changes = [];
    this.events.push(...events);
    return response;
  }

  /** What is kept after a compaction, with previous pairs where they are: what watches and histories show. */
  keptEvents(): readonly KvEvent[] {
    const kept = this.events.filter(({ kv }, index) => {
      if (kv.modRevision > this.compactRevision) return true;
      const later = this.events.slice(index + 1).filter((event) => event.kv.key === kv.key);
      if (later.some((event) => event.kv.modRevision <= this.compactRevision)) return false;
      return kv.version > 0 || kv.modRevision === this.compactRevision;
    });
    return kept.map((event) => (event.kv.modRevision <= this.compactRevision ? { ...event, previous: null } : event));
  }

  #execute(request: KvRequest): KvResponse {
    switch (request.kind) {
      case "put":
        return this.#checkLease(request) ?? this.#checkPair(request) ?? this.#op(request);
      case "delete":
      case "range":
        return this.#op(request);
      case "txn":
        return this.#txn(request);
      case "compact":
        if (request.revision <= this.compactRevision) return this.#error("compacted");
        if (request.revision > this.revision) return this.#error("future-revision");
        this.compactRevision = request.revision;
        return { kind: "compact", revision: this.revision };
      case "lease-grant":
        if (this.leases.has(request.id)) return this.#error("lease-exists");
        this.leases.add(request.id);
        return { kind: "lease-grant", revision: this.revision, id: request.id, ttl: request.ttl };
      case "lease-revoke":
        if (!this.leases.delete(request.id)) return this.#error("lease-not-found");
        for (const { key, lease } of sorted(this.#draft)) if (lease === request.id) this.#remove(key);
        return { kind: "lease-revoke", revision: this.#now() };
      default:
        throw new Error(`the naive store knows no ${request.kind}`);
    }
  }

  #txn(request: TxnRequest): KvResponse {
    const branch = this.#choose(request);
    for (const op of branch.flat) {
      const error = op.kind === "put" ? (this.#checkPair(op) ?? this.#checkLease(op)) : null;
      if (error !== null) return error;
    }
    for (const op of branch.flat) {
      const { revision = 0 } = op.kind === "range" ? op : {};
      if (revision > this.revision) return this.#error("future-revision");
      if (revision !== 0 && revision < this.compactRevision) return this.#error("compacted");
    }
    return { ...branch.run(), revision: this.#now() };
  }

  /** The chosen branch of a transaction: all that will run, in order, and how to run it. */
  #choose(txn: TxnRequest): { flat: Exclude<RequestOp, TxnRequest | null>[]; run: () => KvResponse & { kind: "txn" } } {
    const succeeded = txn.compare.every((compare) => this.#holds(compare));
    const flat: Exclude<RequestOp, TxnRequest | null>[] = [];
    const runs = (succeeded ? txn.success : txn.failure).map((op): (() => KvResponse) => {
      if (op === null) throw new Error("the naive store knows no empty operations");
      if (op.kind !== "txn") {
        flat.push(op);
        return () => this.#op(op);
      }
      const nested = this.#choose(op);
      flat.push(...nested.flat);
      return nested.run;
    });
    return { flat, run: () => ({ kind: "txn", revision: 0, succeeded, responses: runs.map((run) => run()) }) };
  }

  #holds(compare: Compare): boolean {
    const found = this.at(this.revision).filter(({ key }) => inRange(key, compare));
    if (found.length === 0 && compare.target === "value") return false;
    const missing: KeyValue = { key: "", value: "", createRevision: 0, modRevision: 0, version: 0, lease: 0 };
    return (found.length === 0 ? [missing] : found).every((kv) => {
      const { version, createRevision: create, modRevision: mod, lease } = kv;
      const order =
        compare.target === "value"
          ? byBytes(kv.value, compare.operand)
          : { version, create, mod, lease }[compare.target] - compare.operand;
      return { equal: order === 0, "not-equal": order !== 0, less: order < 0, greater: order > 0 }[compare.result];
    });
  }

  #op(op: PutRequest | DeleteRangeRequest | RangeRequest): KvResponse {
    if (op.kind === "range") return this.#range(op);
    if (op.kind === "put") {
      const prevKv = this.#draft.get(op.key) ?? null;
      this.#put(op, prevKv);
      return { kind: "put", revision: this.#now(), prevKv: op.prevKv === true ? prevKv : null };
    }
    const removed = this.#inDraft(op);
    for (const { key } of removed) this.#remove(key);
    return {
      kind: "delete",
      revision: this.#now(),
      deleted: removed.length,
      prevKvs: op.prevKv === true ? removed : [],
    };
  }

  #range(request: RangeRequest): KvResponse {
    const { revision: wanted = 0, limit = 0, sortOrder = "none", sortTarget = "key" } = request;
    if (wanted > this.#now()) return this.#error("future-revision");
    if (wanted > 0 && wanted < this.compactRevision) return this.#error("compacted");
    const state = wanted <= 0 || wanted > this.revision ? sorted(this.#draft) : this.at(wanted);
    const all = state.filter(({ key }) => inRange(key, request));
    const { minModRevision = 0, maxModRevision = 0, minCreateRevision = 0, maxCreateRevision = 0 } = request;
    const filters = minModRevision + maxModRevision + minCreateRevision + maxCreateRevision > 0;
    let kvs = limit > 0 && sortOrder === "none" && !filters ? all.slice(0, limit + 1) : all;
    if (minModRevision > 0) kvs = kvs.filter((kv) => kv.modRevision >= minModRevision);
    if (maxModRevision > 0) kvs = kvs.filter((kv) => kv.modRevision <= maxModRevision);
    if (minCreateRevision > 0) kvs = kvs.filter((kv) => kv.createRevision >= minCreateRevision);
    if (maxCreateRevision > 0) kvs = kvs.filter((kv) => kv.createRevision <= maxCreateRevision);
    const order = (a: KeyValue, b: KeyValue): number =>
      ({
        key: byBytes(a.key, b.key),
        value: byBytes(a.value, b.value),
        version: a.version - b.version,
        create: a.createRevision - b.createRevision,
        mod: a.modRevision - b.modRevision,
      })[sortTarget];
    kvs = kvs.slice().sort((a, b) => (sortOrder === "descend" ? order(b, a) : order(a, b)));
    const { countOnly = false, keysOnly = false } = request;
    const more = !countOnly && limit > 0 && kvs.length > limit;
    if (more) kvs = kvs.slice(0, limit);
    if (keysOnly) kvs = kvs.map((kv) => ({ ...kv, value: "" }));
    return { kind: "range", revision: this.#now(), kvs: countOnly ? [] : kvs, count: all.length, more };
  }

  #put(op: PutRequest, old: KeyValue | null): void {
    const kv: KeyValue = {
      key: op.key,
      value: op.ignoreValue === true ? (old?.value ?? "") : op.value,
      createRevision: old?.createRevision ?? this.revision + 1,
      modRevision: this.revision + 1,
      version: (old?.version ?? 0) + 1,
      lease: op.ignoreLease === true ? (old?.lease ?? 0) : (op.lease ?? 0),
    };
    this.#draft.set(op.key, kv);
    this.#changes.push({ type: "put", kv, previous: old === null ? null : this.#committed(op.key) });
  }

  #remove(key: string): void {
    this.#draft.delete(key);
    const modRevision = this.revision + 1;
    const kv: KeyValue = { key, value: "", createRevision: 0, modRevision, version: 0, lease: 0 };
    this.#changes.push({ type: "delete", kv, previous: this.#committed(key) });
  }

  /** The pair at the revision before the request. */
  #committed(key: string): KeyValue | null {
    return this.states[this.revision]?.get(key) ?? null;
  }

  #inDraft(range: KeyRange): readonly KeyValue[] {
    return sorted(this.#draft).filter(({ key }) => inRange(key, range));
  }

  #checkLease({ lease = 0 }: PutRequest): KvResponse | null {
    return lease === 0 || this.leases.has(lease) ? null : this.#error("lease-not-found");
  }

  #checkPair({ key, ignoreValue = false, ignoreLease = false }: PutRequest): KvResponse | null {
    return (ignoreValue || ignoreLease) && !this.#draft.has(key) ? this.#error("key-not-found") : null;
  }

  #now(): number {
    return this.revision + (this.#changes.length > 0 ? 1 : 0);
  }

  #error(error: KvError): KvResponse {
    return { kind: "error", revision: this.revision, error };
  }
}

function sorted(pairs: Pairs): readonly KeyValue[] {
  return [...pairs.values()].sort((a, b) => byBytes(a.key, b.key));
}
