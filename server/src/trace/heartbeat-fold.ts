import { type DiagramItems, FATES } from "./diagram-items.js";

/** A run of heartbeats that are alike, or of replies to them. */
interface Run {
  /** The row that shows it. */
  readonly row: number;
  readonly term: number;
  readonly commit: number;
}

/** What becomes of a heartbeat, or of a reply to one: it begins a row, or is one more or a reply of an earlier one. */
export type Folded = { readonly as: "first" } | { readonly as: "more" | "reply"; readonly row: number };

const FIRST: Folded = { as: "first" };

/**
 * Folds runs of heartbeats and their replies. Alike are those of one leader to one follower in one term, with one commit index and one
 * fate; a reply that arrived belongs to the newest run of requests that arrived. Whoever folds clears it at anything else than a
 * heartbeat, so that folding never moves a message past something it may have caused.
 */
export class HeartbeatFold {
  #runs = new Map<number, Run>();

  /** The rows that may still get more. */
  get rows(): readonly number[] {
    return [...this.#runs.values()].map(({ row }) => row);
  }

  /** Where an item that {@link DiagramItems.isBeat} goes; the first of a run is to become row `row`. */
  take(items: DiagramItems, item: number, row: number): Folded {
    const fate = items.fate(item);
    const isReply = items.isReply(item);
    const leader = isReply ? items.to(item) : items.from(item);
    const follower = isReply ? items.from(item) : items.to(item);
    const term = items.term(item);
    if (isReply && fate === "delivered") {
      const requests = this.#runs.get(keyOf(fate, false, leader, follower));
      if (requests?.term === term) return { as: "reply", row: requests.row };
    }
    const key = keyOf(fate, isReply, leader, follower);
    const commit = items.commit(item);
    const alike = this.#runs.get(key);
    if (alike?.term === term && alike.commit === commit) return { as: "more", row: alike.row };
    this.#runs.set(key, { row, term, commit });
    return FIRST;
  }

  /** Something else happened: what follows begins anew. */
  clear(): void {
    if (this.#runs.size > 0) this.#runs = new Map();
  }

  /** One that goes on from the same place by itself. */
  copy(): HeartbeatFold {
    const copy = new HeartbeatFold();
    copy.#runs = new Map(this.#runs);
    return copy;
  }
}

/** Endpoints have at most 12 bits in the trace. */
function keyOf(fate: (typeof FATES)[number], isReply: boolean, leader: number, follower: number): number {
  return ((FATES.indexOf(fate) * 2 + (isReply ? 1 : 0)) * 4096 + leader) * 4096 + follower;
}
