import type { LeaseTable } from "./contract.js";
import type { KvRequest } from "./request.js";
import type { Alarm, KvEvent, KvResponse } from "./response.js";
import type { StateSnapshot } from "./snapshot.js";
import type { MvccStore } from "./store.js";
/**
 * A client's request as it stands in the replicated log. With sessions on, a repeated request (same client,
 * same sequence) gets the stored answer and changes nothing (dissertation §6.3).
 */
export interface Command {
    /** The client session's number, from 1; 0 for an entry of a given state or of a server, which no session knows. */
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
    /** The changes made, in order; empty for reads, duplicates and writes that changed nothing. */
    readonly events: readonly KvEvent[];
    /** {@link KvStore.hash} afterwards. */
    readonly storeHash: number;
}
/** How a state machine behaves; the same on all servers, since it decides about answers and state. */
export interface StateMachineOptions {
    /** Whether repeated requests are recognised. */
    readonly sessions: boolean;
    /** Seconds that a lease is granted at least (etcd: lessor.go, minLeaseTTL: 1.5 election timeouts, rounded up). */
    readonly minLeaseTtl: number;
    /** Compares, and operations of either branch, that a transaction may have (etcd: --max-txn-ops). */
    readonly maxTxnOps: number;
}
/** One server's replicated state: store, leases, alarms and client sessions. Deterministic in the order of commands. */
export interface StateMachine {
    readonly options: StateMachineOptions;
    /** The store, to read; only {@link apply} changes it. */
    readonly store: MvccStore;
    readonly leases: LeaseTable;
    /** The alarms that are on, in the order they went on. */
    readonly alarms: readonly Alarm[];
    /** Executes one command. */
    apply(command: Command): Applied;
    /** An estimate of the state's size when written out, as etcd's database would be after a defragmentation; at least 1. */
    readonly bytes: number;
    /** The state at this moment; without the sessions it is what an implementation keeps that forgets them (D §6.3). */
    snapshot(withSessions: boolean): StateSnapshot;
    /** An independent copy that shares history. */
    clone(): StateMachine;
}
