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
 * fate; a reply that arrived belongs to the newest run of requests that arrived. No message is moved above what may have caused it: a new
 * run of requests ends those of the replies, and whoever folds clears it at anything else than a heartbeat.
 */
export class HeartbeatFold {
  #runs = new Map<number, Run>();

  /** The rows that may still get more. */
  get rows(): readonly number[] {
    return [...this.#runs.values()].map(({ row }) => row);
  }

  /** Where an item that {@link DiagramItems.isBeat} goes; the first of a run is to become row `row`. */
  take(items: DiagramItems, item: number, row: number): Folded {
    const term = items.term(item);
    const asked = requestKeyOf(items, item);
    const requests = asked === null ? undefined : this.#runs.get(asked);
    if (requests?.term === term) return { as: "reply", row: requests.row };
    const key = keyOf(items, item);
    const commit = items.commit(item);
    const alike = this.#runs.get(key);
    if (alike?.term === term && alike.commit === commit) return { as: "more", row: alike.row };
    this.#runs.set(key, { row, term, commit });
    if (!items.isReply(item) && items.fate(item) === "delivered") this.#endReplies(items.to(item), items.from(item));
    return FIRST;
  }

  #endReplies(from: number, to: number): void {
    for (const fate of FATES) this.#runs.delete(numberOf(fate, true, from, to));
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

/** Whether a run that begins with an item takes in a later one. */
export function takesIn(items: DiagramItems, first: number, item: number): boolean {
  if (items.term(first) !== items.term(item)) return false;
  const key = keyOf(items, first);
  if (key === requestKeyOf(items, item)) return true;
  return key === keyOf(items, item) && items.commit(first) === items.commit(item);
}

/** Equal for heartbeats between the same two servers, in the same direction, with the same fate. */
function keyOf(items: DiagramItems, item: number): number {
  return numberOf(items.fate(item), items.isReply(item), items.from(item), items.to(item));
}

/** {@link keyOf} the requests that a reply may belong to; `null` of what does not belong to any. */
function requestKeyOf(items: DiagramItems, item: number): number | null {
  if (!items.isReply(item) || items.fate(item) !== "delivered") return null;
  return numberOf("delivered", false, items.to(item), items.from(item));
}

/** Endpoints have at most 12 bits in the trace. */
function numberOf(fate: (typeof FATES)[number], isReply: boolean, from: number, to: number): number {
  return ((FATES.indexOf(fate) * 2 + (isReply ? 1 : 0)) * 4096 + from) * 4096 + to;
}
