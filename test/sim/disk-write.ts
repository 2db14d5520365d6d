import type { Command } from "../../server/src/kv/command.js";
import type { Write } from "../../server/src/raft/output.js";

/** A write of so many no-ops of a term, and of the term itself with a vote for 1. */
export function write(id: number, term: number, entries = 1, truncateFrom = 0): Write<Command> {
  const added = Array.from({ length: entries }, () => ({ kind: "no-op", term }) as const);
  return {
    id,
    hardState: { term, vote: 1 },
    snapshot: null,
    compactTo: 0,
    restart: false,
    truncateFrom,
    firstIndex: 0,
    entries: added,
  };
}
