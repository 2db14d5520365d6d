import type { KvStore, LeaseTable } from "./contract.js";
import type { KvRequest, RangeRequest, TxnRequest } from "./request.js";
import type { Alarm, KvEvent, KvResponse } from "./response.js";
import type { StateSnapshot } from "./snapshot.js";

/**
 * A client's request as it stands in the replicated log. With sessions on, a repeated request (same client,
 * same sequence) gets the stored answer and changes nothing (dissertation §6.3).
 */
export interface Command {
  /** The client session's number, from 1; 0 for what no client sent: entries of a given state, and what servers propose themselves. */
  readonly client: number;
  /** The client's sequence number, from 1, the same for every retry of one request. */
  readonly sequence: number;
  /** A write, or a read that goes through the log (`reads log`). */
  readonly operation: KvRequest;
}

/** What applying one command did. */
export interface Applied {
  readonly result: KvResponse;
  /** True when the session already had the answer: nothing was executed. */
  readonly duplicate: boolean;
  /** The changes made, in order; empty for reads, duplicates and requests that changed nothing. */
  readonly events: readonly KvEvent[];
  /** {@link KvStore.hash} afterwards. */
  readonly storeHash: number;
}

/** What all state machines of a cluster have in common. */
export interface StateMachineOptions {
  /** Whether repeated requests are recognised. */
  readonly sessions: boolean;
  /** Seconds that a lease lasts at least (etcdserver/server.go: one and a half election timeouts). */
  readonly minLeaseTtl: number;
}

/** One server's replicated state: the store, its leases, alarms and the client sessions. Deterministic in the order of commands. */
export interface StateMachine {
  readonly store: KvStore;
  readonly leases: LeaseTable;
  /** The alarms that are on, in the order in which they were raised. */
  readonly alarms: readonly Alarm[];
  readonly options: StateMachineOptions;
  /** Executes one command, whose static checks have passed (request-checks.ts). */
  apply(command: Command): Applied;
  /** Answers a read from the state as it is. The transaction only reads. */
  read(request: RangeRequest | TxnRequest): KvResponse;
  /** An estimate of the state's size when written out; at least 1. */
  readonly bytes: number;
  /** The state at this moment; without the sessions it is what an implementation keeps that forgets them (D §6.3). */
  snapshot(withSessions: boolean): StateSnapshot;
  /** An independent copy that shares history. */
  clone(): StateMachine;
}
