import type { MemoryShare } from "./memory.js";

/**
 * One partition of a history, in the form that the search works on: operations are small integers, and so are
 * states, which the model interns, so that equal states are equal numbers.
 */
export interface Problem {
  /** Operations that returned, by call order; 0..closed.length - 1. */
  readonly closed: readonly ClosedOperation[];
  /** Operations without a known outcome, by call order: each may take effect at any time after its call, or never. */
  readonly open: readonly OpenOperation[];
  /** The state before the first operation. */
  readonly initial: number;
  /** The state after the closed operation, or {@link REFUSED} where the model cannot give the result that was seen. */
  stepClosed(state: number, operation: number): number;
  /** The state after the open operation. */
  stepOpen(state: number, operation: number): number;
  /** Where the model can say that a state leads nowhere; `null` where it cannot. */
  readonly lookahead: Lookahead | null;
  /** What the model's states take of the check's memory; each search takes another part. */
  readonly share: MemoryShare;
}

/**
 * From which states a read can still be explained. Reads are the closed operations that give the whole state, numbered by
 * their returns (rank).
 */
export interface Lookahead {
  readonly reads: number;
  /** The rank of each closed operation, -1 for one that is no such read. */
  readonly rankOf: Int32Array;
  /** Whether the read's state can come of this one by operations that are none of its resets. */
  reaches(state: number, rank: number): boolean;
  /** By rank: the closed and the open operations, called before the read returned, after which its state can be reached from any. */
  readonly closedResets: readonly (readonly number[])[];
  readonly openResets: readonly (readonly number[])[];
}

/** "The model does not allow this here." */
export const REFUSED = -1;

/** Call and return as positions in the history's order of events; all positions of a history differ. */
export interface ClosedOperation {
  readonly call: number;
  readonly return: number;
  /** It never changes the state, so that it may as well be placed as soon as its result fits. */
  readonly observes: boolean;
}

/** An operation without a known outcome. */
export interface OpenOperation {
  readonly call: number;
  /** Operations of one class do the same in every state, so that the one called first can stand for any. */
  readonly sameAs: string;
}

/** How a search ended, or that it has not. */
export type SearchStatus =
  | { readonly kind: "running" }
  /** It would need more memory than it may have. */
  | { readonly kind: "full" }
  | { readonly kind: "ok"; readonly order: readonly Placed[] }
  /**
   * There is none. Everything that returned before `blocked` can be explained; `first`: and nothing up to it. With a lookahead that
   * is not known, since the search turns back earlier.
   */
  | { readonly kind: "violation"; readonly blocked: number; readonly first: boolean };

/** An operation in the order found. */
export interface Placed {
  readonly kind: "closed" | "open";
  readonly operation: number;
}
