import type { Index, ServerId, Term } from "../raft/types.js";
import { IntList } from "./int-list.js";
import { sameContent } from "./same-entry.js";
import type { EventNumber, LogEntry } from "./violation.js";

/** An entry as it was first seen in some server's log. */
export interface SeenEntry {
  readonly entry: LogEntry;
  /** Term of the entry just before it; 0 at index 1. */
  readonly prevTerm: Term;
  readonly server: ServerId;
  readonly event: EventNumber;
}

/**
 * All entries that ever stood in a log, by index and term, each with its predecessor's term. Log Matching says that
 * index and term name an entry and, by way of the predecessor, the whole log before it: so one comparison per
 * entry written proves the property by induction.
 */
export class EntryRegistry {
  // Nearly every index has one entry only. It stands in these columns, any further ones in the map.
  readonly #entries: LogEntry[] = [];
  readonly #prevTerms = new IntList();
  readonly #servers = new IntList();
  readonly #events = new IntList();
  readonly #others = new Map<Index, SeenEntry[]>();

  /**
   * Records that `entry` stands in `server`'s log at `index` after an entry of `prevTerm`. Returns what was seen
   * before under the same index and term if that differs, else `null`.
   */
  see(index: Index, entry: LogEntry, prevTerm: Term, server: ServerId, event: EventNumber): SeenEntry | null {
    const first = this.#entries[index];
    if (first === entry && this.#prevTerms.at(index) === prevTerm) return null;
    const known = this.find(index, entry.term);
    if (known !== null) {
      return known.prevTerm === prevTerm && sameContent(known.entry, entry) ? null : known;
    }
    if (first === undefined) {
      this.#entries[index] = entry;
      this.#prevTerms.set(index, prevTerm);
      this.#servers.set(index, server);
      this.#events.set(index, event);
    } else {
      const others = this.#others.get(index) ?? [];
      others.push({ entry, prevTerm, server, event });
      this.#others.set(index, others);
    }
    return null;
  }

  /** The entry first seen at `index` with `term`. */
  find(index: Index, term: Term): SeenEntry | null {
    const entry = this.#entries[index];
    if (entry !== undefined && entry.term === term) {
      return {
        entry,
        prevTerm: this.#prevTerms.at(index),
        server: this.#servers.at(index),
        event: this.#events.at(index),
      };
    }
    return this.#others.get(index)?.find((other) => other.entry.term === term) ?? null;
  }

  /** The log that ends with (`lastIndex`, `lastTerm`): its entry of index i at position i - 1. Empty when it was never seen. */
  path(lastIndex: Index, lastTerm: Term): LogEntry[] {
    const entries: LogEntry[] = [];
    let term = lastTerm;
    for (let index = lastIndex; index >= 1; index -= 1) {
      const first = this.#entries[index];
      if (first !== undefined && first.term === term) {
        entries.push(first);
        term = this.#prevTerms.at(index);
        continue;
      }
      const seen = this.find(index, term);
      if (seen === null) return [];
      entries.push(seen.entry);
      term = seen.prevTerm;
    }
    return entries.reverse();
  }

  /** The entry at `index` of the log that ends with (`lastIndex`, `lastTerm`); `null` beyond its end. Walks back from there. */
  onPath(lastIndex: Index, lastTerm: Term, index: Index): LogEntry | null {
    let at = lastIndex;
    let seen = index < 1 || index > lastIndex ? null : this.find(at, lastTerm);
    while (seen !== null && at > index) {
      at -= 1;
      seen = this.find(at, seen.prevTerm);
    }
    return seen?.entry ?? null;
  }
}
