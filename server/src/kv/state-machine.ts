import { Alarms } from "./alarms.js";
import { checkForm, DEFAULT_LIMITS } from "./check-request.js";
import type { Applied, Command, StateMachine, StateMachineOptions } from "./command.js";
import type { LeaseTable } from "./contract.js";
import type { KvError } from "./error.js";
import type { KvRequest, LeaseGrantRequest, LeaseRevokeRequest } from "./request.js";
import { quotaCost } from "./request-size.js";
import type { Alarm, KvEvent, KvResponse } from "./response.js";
import { StateSnapshot } from "./snapshot.js";
import { MvccStore } from "./store.js";
import { applyDelete, applyPut, applyTxn } from "./txn.js";

/** What a client's session remembers: its newest executed request and the answer. */
interface Session {
  readonly sequence: number;
  readonly result: KvResponse;
}

/** A session's number, sequence and answer, when written out. */
const SESSION_BYTES = 32;

const NO_EVENTS: readonly KvEvent[] = [];

/** The client of commands that belong to no session. */
const NO_CLIENT = 0;

/** etcd's settings at its default election timeout of 1 s, and no sessions, which it does not have. */
export const DEFAULT_OPTIONS: StateMachineOptions = {
  sessions: false,
  minLeaseTtl: 2,
  maxTxnOps: DEFAULT_LIMITS.maxTxnOps,
};

/**
 * The replicated state machine: etcd's data model and, in addition, client sessions. A client has one request outstanding at a
 * time, so that the newest answer per client is all that a session needs (dissertation §6.3).
 */
export class KvStateMachine implements StateMachine {
  readonly options: StateMachineOptions;
  readonly #store: MvccStore;
  #alarms = Alarms.none;
  #answers = new Map<number, Session>();
  /** Whether {@link #answers} is also a clone's, and must be copied before it is changed. */
  #answersShared = false;

  /** Begins with `store` and without sessions and alarms; options that are left out are {@link DEFAULT_OPTIONS}'. */
  constructor(options: Partial<StateMachineOptions> = {}, store: MvccStore = new MvccStore()) {
    this.options = { ...DEFAULT_OPTIONS, ...options };
    this.#store = store;
  }

  get store(): MvccStore {
    return this.#store;
  }

  get leases(): LeaseTable {
    return this.#store.leases;
  }

  get alarms(): readonly Alarm[] {
    return this.#alarms.list();
  }

  apply(command: Command): Applied {
    if (!this.options.sessions || command.client === NO_CLIENT) return this.#execute(command.operation);
    const session = this.#answers.get(command.client);
    if (session !== undefined && command.sequence <= session.sequence) return this.#repeated(command, session);
    const applied = this.#execute(command.operation);
    this.#remember(command, applied.result);
    return applied;
  }

  get bytes(): number {
    return Math.max(1, this.#store.bytes + this.#answers.size * SESSION_BYTES);
  }

  snapshot(withSessions: boolean): StateSnapshot {
    const machine = this.clone();
    if (!withSessions) machine.#answers = new Map();
    return new StateSnapshot(machine);
  }

  clone(): KvStateMachine {
    const copy = new KvStateMachine(this.options, this.#store.clone());
    copy.#alarms = this.#alarms;
    copy.#answers = this.#answers;
    copy.#answersShared = true;
    this.#answersShared = true;
    return copy;
  }

  #execute(request: KvRequest): Applied {
    const error = checkForm(request, this.options.maxTxnOps) ?? this.#refusedByAlarm(request);
    const result = error === null ? this.#answer(request) : this.#error(error);
    const events = this.#store.commit();
    return { result, duplicate: false, events, storeHash: this.#store.hash };
  }

  /**
   * Out of space, etcd takes nothing that could grow (etcdserver/apply.go, applierV3Capped); found corrupt, it takes nothing at all
   * (corrupt.go, applierV3Corrupt).
   */
  #refusedByAlarm(request: KvRequest): KvError | null {
    if (request.kind === "alarm" || request.kind === "lease-checkpoint") return null;
    if (this.#alarms.has("corrupt")) return "corrupt";
    return this.#alarms.has("nospace") && quotaCost(request) > 0 ? "no-space" : null;
  }

  #answer(request: KvRequest): KvResponse {
    const store = this.#store;
    switch (request.kind) {
      case "put":
        return applyPut(store, request);
      case "range":
        return store.range(request);
      case "delete":
        return applyDelete(store, request);
      case "txn":
        return applyTxn(store, request);
      case "compact": {
        const error = store.compact(request.revision);
        return error === null ? { kind: "compact", revision: store.revision } : this.#error(error);
      }
      case "lease-grant":
        return this.#grant(request);
      case "lease-revoke":
        return this.#revoke(request);
      case "lease-checkpoint":
        for (const { id, remainingTtl } of request.checkpoints) store.leases.checkpoint(id, remainingTtl);
        return { kind: "lease-checkpoint", revision: store.revision };
      case "alarm": {
        const { alarms, answered } = this.#alarms.after(request);
        this.#alarms = alarms;
        return { kind: "alarm", revision: store.revision, alarms: answered };
      }
    }
  }

  #grant({ id, ttl }: LeaseGrantRequest): KvResponse {
    const lease = this.#store.leases.grant(id, ttl, this.options.minLeaseTtl);
    if (typeof lease === "string") return this.#error(lease);
    return { kind: "lease-grant", revision: this.#store.revision, id, ttl: lease.ttl };
  }

  /** Deletes the lease's keys in key order, all in one revision (lease/lessor.go, Revoke). */
  #revoke({ id }: LeaseRevokeRequest): KvResponse {
    const { leases } = this.#store;
    if (leases.get(id) === null) return this.#error("lease-not-found");
    for (const key of leases.keysOf(id)) this.#store.remove({ key });
    leases.remove(id);
    return { kind: "lease-revoke", revision: this.#store.revisionInRequest };
  }

  #error(error: KvError): KvResponse {
    return { kind: "error", revision: this.#store.revision, error };
  }

  /** The client moved on from an older sequence without waiting: its answer is gone, and nobody reads this one. */
  #repeated(command: Command, session: Session): Applied {
    const result = command.sequence === session.sequence ? session.result : this.#error("request-superseded");
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
