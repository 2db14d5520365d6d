import type { Revision } from "../kv/request.js";
import type { Index, ServerId } from "../raft/types.js";
import { IntList } from "./int-list.js";
import { sameContent } from "./same-entry.js";
import type { AppliedDifferently, EventNumber, LogEntry } from "./violation.js";

/** The entry that was applied first at each index, and by whom: State Machine Safety (§5.4.3). */
export class AppliedEntries {
  readonly #entries: LogEntry[] = [];
  readonly #servers = new IntList();
  readonly #events = new IntList();
  /** The store's revision after each entry; 0 where no server executed it, but was given a state that covers it. */
  readonly #revisions = new IntList();
  /** Indices at which different commands were applied. */
  readonly #differs = new Set<Index>();

  /** The last index at which anybody applied anything. */
  get lastIndex(): Index {
    return Math.max(0, this.#entries.length - 1);
  }

  /** The event in which the entry at `index` was applied first. */
  eventAt(index: Index): EventNumber {
    return this.#events.at(index);
  }

  /** The store's revision after the entry at `index`; 0 where that is not known. */
  revisionAt(index: Index): Revision {
    return this.#revisions.at(index);
  }

  /** The entry that was applied first at `index`; `undefined` when none was. */
  at(index: Index): LogEntry | undefined {
    return this.#entries[index];
  }

  /** A server has applied `entry`, after which its store has `revision`. What is wrong with that, once for each index, or `null`. */
  applied(
    server: ServerId,
    index: Index,
    entry: LogEntry,
    event: EventNumber,
    revision: Revision,
  ): AppliedDifferently | null {
    const first = this.#entries[index];
    if (first === undefined) {
      this.#entries[index] = entry;
      this.#servers.set(index, server);
      this.#events.set(index, event);
      // A no-op leaves the store as it was.
      this.#revisions.set(index, revision > 0 ? revision : this.#revisions.at(index - 1));
      return null;
    }
    // Other servers may apply this one too: that is one fault.
    if (first === entry || this.#differs.has(index) || sameContent(first, entry)) return null;
    this.#differs.add(index);
    return {
      property: "state-machine-safety",
      event,
      related: this.#events.at(index),
      first: this.#servers.at(index),
      second: server,
      index,
      expected: first,
      found: entry,
    };
  }
}
