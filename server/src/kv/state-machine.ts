import { alarmsAfter } from "./alarms.js";
import type { Applied, Command, StateMachine, StateMachineOptions } from "./command.js";
import type { KvError } from "./error.js";
import type { Leases } from "./leases.js";
import type { AlarmType, KvRequest, LeaseId, RangeRequest, RequestOp, TxnRequest } from "./request.js";
import type { Alarm, KvEvent, KvResponse } from "./response.js";
import { StateSnapshot } from "./snapshot.js";
import { MvccStore } from "./store.js";
import { applyTxn, put } from "./txn.js";

/** What a client's session remembers: its newest executed request and the answer. */
interface Session {
  readonly sequence: number;
  readonly result: KvResponse;
}

/** A session's number, sequence and answer, when written out. */
const SESSION_BYTES = 32;

const NO_EVENTS: readonly KvEvent[] = [];
const NO_ALARMS: readonly Alarm[] = [];

/** The client of commands that belong to no session. */
const NO_CLIENT = 0;

/** Sessions on, and the shortest lease as with etcd's default election timeout. */
const DEFAULTS: StateMachineOptions = { sessions: true, minLeaseTtl: 2 };

/**
 * The replicated key-value state machine. A client has one request outstanding at a time, so that the newest answer
 * per client is all that a session needs (dissertation §6.3).
 */
export class KvStateMachine implements StateMachine {
  readonly options: StateMachineOptions;
  readonly #store: MvccStore;
  #alarms = NO_ALARMS;
  #answers = new Map<number, Session>();
  /** Whether {@link #answers} is also a clone's, and must be copied before it is changed. */
  #answersShared = false;

  /** Begins with `store` and without sessions and alarms. */
  constructor(options: StateMachineOptions = DEFAULTS, store: MvccStore = new MvccStore()) {
    this.options = options;
    this.#store = store;
  }

  get store(): MvccStore {
    return this.#store;
  }

  get leases(): Leases {
    return this.#store.leases;
  }

  get alarms(): readonly Alarm[] {
    return this.#alarms;
  }

  get bytes(): number {
    return Math.max(1, this.#store.bytes + this.#answers.size * SESSION_BYTES);
  }

  apply(command: Command): Applied {
    if (!this.options.sessions || command.client === NO_CLIENT) return this.#execute(command.operation);
    const session = this.#answers.get(command.client);
    if (session !== undefined && command.sequence <= session.sequence) return this.#repeated(command, session);
    const applied = this.#execute(command.operation);
    this.#remember(command, applied.result);
    return applied;
  }

  read(request: RangeRequest | TxnRequest): KvResponse {
    if (this.#isOn("corrupt")) return this.#failed("corrupt");
    if (request.kind === "range") return this.#store.range(request);
    const result = applyTxn(this.#store, request);
    return typeof result === "string" ? this.#failed(result) : result;
  }

  snapshot(withSessions: boolean): StateSnapshot {
    const copy = this.clone();
    if (!withSessions) {
      copy.#answers = new Map();
      copy.#answersShared = false;
    }
    return new StateSnapshot(copy);
  }

  clone(): KvStateMachine {
    const copy = new KvStateMachine(this.options, this.#store.clone());
    copy.#alarms = this.#alarms;
    copy.#answers = this.#answers;
    copy.#answersShared = true;
    this.#answersShared = true;
    return copy;
  }

  #execute(operation: KvRequest): Applied {
    const result = this.#refusal(operation) ?? this.#result(operation);
    const events = this.#store.commit();
    const { hash: storeHash } = this.#store;
    return { result, duplicate: false, events: events.length === 0 ? NO_EVENTS : events, storeHash };
  }

  /** What alarms close (etcdserver/apply.go, applierV3Capped, applierV3Corrupt). */
  #refusal(operation: KvRequest): KvResponse | null {
    if (this.#alarms.length === 0 || operation.kind === "alarm") return null;
    if (this.#isOn("corrupt")) return this.#failed("corrupt");
    const grows =
      operation.kind === "lease-grant" || ("key" in operation || operation.kind === "txn" ? puts(operation) : false);
    return this.#isOn("nospace") && grows ? this.#failed("no-space") : null;
  }

  #isOn(alarm: AlarmType): boolean {
    return this.#alarms.some((each) => each.alarm === alarm);
  }

  #result(operation: KvRequest): KvResponse {
    const store = this.#store;
    switch (operation.kind) {
      case "put": {
        const { lease = 0, ignoreLease, ignoreValue, key } = operation;
        if (lease !== 0 && store.leases.get(lease) === null) return this.#failed("lease-not-found");
        if ((ignoreLease || ignoreValue) && store.get(key) === null) return this.#failed("key-not-found");
        return put(store, operation);
      }
      case "range":
        return store.range(operation);
      case "delete": {
        const removed = store.remove(operation);
        const prevKvs = operation.prevKv === true ? removed : [];
        return { kind: "delete", revision: store.revisionInRequest, deleted: removed.length, prevKvs };
      }
      case "txn": {
        const result = applyTxn(store, operation);
        return typeof result === "string" ? this.#failed(result) : result;
      }
      case "compact": {
        const error = store.compact(operation.revision);
        return error === null ? { kind: "compact", revision: store.revision } : this.#failed(error);
      }
      case "lease-grant": {
        const lease = store.leases.grant(operation.id, operation.ttl, this.options.minLeaseTtl);
        if (typeof lease === "string") return this.#failed(lease);
        return { kind: "lease-grant", revision: store.revision, id: lease.id, ttl: lease.ttl };
      }
      case "lease-revoke":
        return this.#revoke(operation.id);
      case "lease-checkpoint":
        for (const { id, remainingTtl } of operation.checkpoints) store.leases.checkpoint(id, remainingTtl);
        return { kind: "lease-checkpoint", revision: store.revision };
      case "alarm": {
        const { alarms, answer } = alarmsAfter(this.#alarms, operation);
        this.#alarms = alarms;
        return { kind: "alarm", revision: store.revision, alarms: answer };
      }
    }
  }

  /** Ends a lease and deletes its keys, in key order and in one revision (lease/lessor.go, Revoke). */
  #revoke(id: LeaseId): KvResponse {
    const { leases } = this.#store;
    if (leases.get(id) === null) return this.#failed("lease-not-found");
    for (const key of leases.keysOf(id)) this.#store.remove({ key });
    leases.remove(id);
    return { kind: "lease-revoke", revision: this.#store.revisionInRequest };
  }

  #failed(error: KvError): KvResponse {
    return { kind: "error", revision: this.#store.revision, error };
  }

  /** The client moved on from an older sequence without waiting: its answer is gone, and nobody reads this one. */
  #repeated(command: Command, session: Session): Applied {
    const result = command.sequence === session.sequence ? session.result : this.#failed("request-superseded");
    return { result, duplicate: true, events: NO_EVENTS, storeHash: this.#store.hash };
  }

  #remember(command: Command, result: KvResponse): void {
    if (this.#answersShared) {
      this.#answers = new Map(this.#answers);
      this.#answersShared = false;
    }
    this.#answers.set(command.client, { sequence: command.sequence, result });
  }
}

/** Whether an operation puts anything, in whatever branch (quota.go, Cost). */
function puts(operation: RequestOp): boolean {
  if (operation?.kind === "txn") return operation.success.some(puts) || operation.failure.some(puts);
  return operation?.kind === "put";
}
