/** The state that the tables show: while a live cluster flows they follow it more slowly than the ring, since nobody reads them so fast. */
import { type ClusterState, isFlowing } from "./model.js";

/** Between two drawings of the tables of a flowing cluster. */
const REST_MS = 250;

/** What the person has changed is shown at once. */
const CHOSEN = ["selection", "closed", "logEnd", "keyPages", "order", "entry", "server", "listTop", "why"] as const;

/** Holds what is shown. */
export class Tables {
  #shown: ClusterState | null = null;
  #at = 0;

  /** The state for the tables: this one, or for a moment still the one before. */
  of(state: ClusterState): ClusterState {
    const now = performance.now();
    const shown = this.#shown;
    const rests =
      shown !== null &&
      isFlowing(state) &&
      now - this.#at < REST_MS &&
      shown.session?.id === state.session?.id &&
      CHOSEN.every((name) => shown[name] === state[name]);
    if (rests) return shown;
    this.#shown = state;
    this.#at = now;
    return state;
  }
}
