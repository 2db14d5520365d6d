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
  | { readonly kind: "ok"; readonly order: readonly Placed[] }
  | { readonly kind: "violation"; readonly blocked: number };

/** An operation in the order found. */
export interface Placed {
  readonly kind: "closed" | "open";
  readonly operation: number;
}
