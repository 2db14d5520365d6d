import type { Index, Term } from "../raft/types.js";
import { IntList } from "./int-list.js";
import type { EventNumber } from "./violation.js";

/**
 * The committed prefix of the cluster's log: for each index the term of the entry committed there first, and the
 * lowest term known in which it was committed. A server that reports a commit index commits a whole prefix in its
 * current term at the latest, so the terms of commitment never fall with the index.
 */
export class Commitments {
  #last: Index = 0;
  readonly #entryTerms = new IntList();
  readonly #committedIn = new IntList();
  readonly #events = new IntList();

  /** The highest index ever committed. */
  get lastIndex(): Index {
    return this.#last;
  }

  /** Term of the entry committed at `index`. */
  entryTerm(index: Index): Term {
    return this.#entryTerms.at(index);
  }

  /** The lowest term known in which `index` was committed. */
  committedIn(index: Index): Term {
    return this.#committedIn.at(index);
  }

  /** The event at which `index` was first committed. */
  event(index: Index): EventNumber {
    return this.#events.at(index);
  }

  /** Whether a log disagrees with the committed prefix at or before `index`. */
  conflicts(index: Index, termAt: (index: Index) => Term): boolean {
    const common = Math.min(index, this.#last);
    return common >= 1 && termAt(common) !== this.#entryTerms.at(common);
  }

  /** Whether an entry of `entryTerm` is on record as committed at `index`, in `term` or before: a report says nothing new then. */
  knows(index: Index, entryTerm: Term, term: Term): boolean {
    if (index < 1 || index > this.#last) return false;
    return this.#entryTerms.at(index) === entryTerm && this.#committedIn.at(index) <= term;
  }

  /**
   * Records that everything up to `commitIndex` is committed, in `term` at the latest, in a log that does not
   * conflict. Returns whether this was news.
   */
  report(commitIndex: Index, term: Term, termAt: (index: Index) => Term, event: EventNumber): boolean {
    const before = this.#last;
    for (let index = before + 1; index <= commitIndex; index += 1) {
      this.#entryTerms.set(index, termAt(index));
      this.#committedIn.set(index, term);
      this.#events.set(index, event);
    }
    this.#last = Math.max(before, commitIndex);
    // A leader of an old term may hear of its majority late, after a newer one committed the same entries.
    const highest = Math.min(before, commitIndex);
    let index = highest;
    while (index >= 1 && this.#committedIn.at(index) > term) {
      this.#committedIn.set(index, term);
      index -= 1;
    }
    return commitIndex > before || index < highest;
  }

  /** The highest index committed in a term before `term`: what a leader of `term` must have. */
  requiredOf(term: Term): Index {
    let low = 0;
    let high = this.#last;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#committedIn.at(middle) < term) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
