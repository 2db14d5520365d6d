import type { Index, ServerId } from "../raft/types.js";
import { IntList } from "./int-list.js";
import { sameContent } from "./same-entry.js";
import type { AppliedDifferently, EventNumber, LogEntry } from "./violation.js";

/** The entry that was applied first at each index, and by whom: State Machine Safety (§5.4.3). */
export class AppliedEntries {
  readonly #entries: LogEntry[] = [];
  readonly #servers = new IntList();
  readonly #events = new IntList();
  /** Indices at which different commands were applied. */
  readonly #differs = new Set<Index>();

  /** The entry that was applied first at `index`; `undefined` when none was. */
  at(index: Index): LogEntry | undefined {
    return this.#entries[index];
  }

  /** A server has applied `entry`. What is wrong with that, once for each index, or `null`. */
  applied(server: ServerId, index: Index, entry: LogEntry, event: EventNumber): AppliedDifferently | null {
    const first = this.#entries[index];
    if (first === undefined) {
      this.#entries[index] = entry;
      this.#servers.set(index, server);
      this.#events.set(index, event);
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
