import type { KvEvent, KvRead, KvResult, KvStore, KvWrite } from "./contract.js";
import type { StateSnapshot } from "./snapshot.js";

/**
 * A client's request as it stands in the replicated log. With sessions on, a repeated request (same client,
 * same sequence) gets the stored answer and changes nothing (dissertation §6.3).
 */
export interface Command {
  /** The client session's number, from 1; 0 for an entry of a given state, which no client sent and no session knows. */
  readonly client: number;
  /** The client's sequence number, from 1, the same for every retry of one request. */
  readonly sequence: number;
  /** A write, or a read that goes through the log (`reads log`). */
  readonly operation: KvWrite | KvRead;
}

/** What applying one command did. */
export interface Applied {
  readonly result: KvResult;
  /** True when the session already had the answer: nothing was executed. */
  readonly duplicate: boolean;
  /** The changes made, in order; empty for reads, duplicates and writes that changed nothing. */
  readonly events: readonly KvEvent[];
  /** {@link KvStore.hash} afterwards. */
  readonly storeHash: number;
}

/** One server's replicated state: the store and the client sessions. Deterministic in the order of commands. */
export interface StateMachine {
  readonly store: KvStore;
  /** Whether repeated requests are recognised. */
  readonly sessions: boolean;
  /** Executes one command. */
  apply(command: Command): Applied;
  /** An estimate of the state's size when written out; at least 1. */
  readonly bytes: number;
  /** The state at this moment; without the sessions it is what an implementation keeps that forgets them (D §6.3). */
  snapshot(withSessions: boolean): StateSnapshot;
  /** An independent copy that shares history. */
  clone(): StateMachine;
}
