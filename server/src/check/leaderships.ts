import type { Index, ServerId, Term } from "../raft/types.js";
import type { EventNumber } from "./violation.js";

/** An election that was won. */
export interface Leadership {
  readonly term: Term;
  readonly server: ServerId;
  readonly event: EventNumber;
  /** End of the leader's log when it was elected. */
  readonly lastIndex: Index;
  readonly lastTerm: Term;
  /** Whether an entry that it lacks has been reported. */
  incomplete: boolean;
}

/** Every election of a run that was won, by term. */
export class Leaderships {
  readonly #all: Leadership[] = [];

  /** Adds one, behind any others of its term. Returns the last of those before it; `null` when its term had none. */
  add(leadership: Leadership): Leadership | null {
    const position = this.#firstAfter(leadership.term);
    const before = this.#all[position - 1];
    this.#all.splice(position, 0, leadership);
    return before !== undefined && before.term === leadership.term ? before : null;
  }

  /** Those of terms after `term`, in the order of their terms. */
  after(term: Term): readonly Leadership[] {
    const position = this.#firstAfter(term);
    return position === this.#all.length ? NONE : this.#all.slice(position);
  }

  /** Nearly always the newest term is asked for. */
  #firstAfter(term: Term): number {
    let position = this.#all.length;
    while (position > 0 && (this.#all[position - 1]?.term ?? 0) > term) position -= 1;
    return position;
  }
}

const NONE: readonly Leadership[] = [];
