import TinyQueue from "tinyqueue";
import type { Micros } from "./config.js";
import type { NetworkMessage } from "./message.js";

/** What the queue holds. Items are immutable and shared between a world and its clones. */
export type QueueItem = { readonly timeUs: Micros; readonly order: number } & (
  | { readonly kind: "deliver"; readonly message: NetworkMessage; readonly sendEvent: number }
  | {
      readonly kind: "timer";
      readonly server: number;
      readonly timer: "election" | "heartbeat";
      readonly incarnation: number;
    }
  | {
      readonly kind: "durable";
      readonly server: number;
      readonly write: number;
      readonly cause: number;
      readonly incarnation: number;
    }
  | {
      readonly kind: "client";
      readonly client: number;
      readonly timer: "try" | "timeout";
      readonly operation: number;
      readonly attempt: number;
    }
  /** A server looks at its leases. */
  | { readonly kind: "lessor"; readonly server: number; readonly incarnation: number }
  /** The client looks after a watch; with the stream's number negative it opens it anew. */
  | { readonly kind: "watch"; readonly client: number; readonly watch: number; readonly stream: number }
  /** A server's watches: catches up, looks for a leader, or tells one watch its progress. */
  | {
      readonly kind: "watch-server";
      readonly server: number;
      readonly incarnation: number;
      readonly task: WatchTask;
    }
  | { readonly kind: "undo"; readonly undo: Undo; readonly cause: number }
);

/** What a server does for its watches now and then. */
export type WatchTask =
  | { readonly kind: "sync" | "leader" }
  | { readonly kind: "progress"; readonly watch: number; readonly stream: number };

/** What ends a fault that was given `for` a while. `server` is a client's number where it was a client. */
export type Undo =
  | { readonly kind: "fault"; readonly fault: number }
  | { readonly kind: "restart"; readonly server: number; readonly incarnation: number }
  | { readonly kind: "resume"; readonly server: number; readonly pause: number };

const byTimeThenOrder = (a: QueueItem, b: QueueItem): number => a.timeUs - b.timeUs || a.order - b.order;

/**
 * The event queue: earliest first, ties in the order of insertion. Timeouts of one length and writes come up in the
 * order in which they were made, so each such kind has a lane, first in, first out; only what overtakes goes through
 * the heap, which stays small.
 */
export class EventQueue {
  readonly #heap: TinyQueue<QueueItem>;
  /** By lane; see {@link laneOf}. */
  readonly #lanes: readonly Lane[];
  #order = 0;
  /** Where the earliest item is: a lane's number, {@link IN_HEAP}, or {@link UNKNOWN}. */
  #next = UNKNOWN;

  constructor(items: QueueItem[] = []) {
    this.#heap = new TinyQueue(items, byTimeThenOrder);
    this.#lanes = Array.from({ length: LANES }, () => new Lane());
  }

  /** Number for the next item: insertion order. */
  nextOrder(): number {
    this.#order += 1;
    return this.#order;
  }

  /** Adds an item made with {@link nextOrder}. */
  push(item: QueueItem): void {
    this.#next = UNKNOWN;
    const lane = this.#lanes[laneOf(item)];
    if (lane === undefined || !lane.push(item)) this.#heap.push(item);
  }

  /** The earliest item, left in place. */
  peek(): QueueItem | undefined {
    if (this.#next === UNKNOWN) this.#find();
    return this.#next === IN_HEAP ? this.#heap.peek() : this.#lanes[this.#next]?.first;
  }

  /** Takes the earliest item. */
  pop(): QueueItem | undefined {
    if (this.#next === UNKNOWN) this.#find();
    const from = this.#next;
    this.#next = UNKNOWN;
    return from === IN_HEAP ? this.#heap.pop() : this.#lanes[from]?.shift();
  }

  /** Every item, in no particular order. */
  items(): readonly QueueItem[] {
    return [...this.#heap.data, ...this.#lanes.flatMap((lane) => lane.items())];
  }

  /** A queue with other items that goes on with the same numbers. The array becomes its own. */
  with(items: QueueItem[]): EventQueue {
    const other = new EventQueue(items);
    other.#order = this.#order;
    return other;
  }

  /** An independent copy. */
  clone(): EventQueue {
    const copy = this.with(this.#heap.data.slice());
    for (const [number, lane] of this.#lanes.entries()) copy.#lanes[number]?.copyFrom(lane);
    return copy;
  }

  #find(): void {
    let best = this.#heap.peek();
    let found = IN_HEAP;
    for (let number = 0; number < LANES; number += 1) {
      const first = this.#lanes[number]?.first;
      if (first === undefined || (best !== undefined && byTimeThenOrder(first, best) > 0)) continue;
      best = first;
      found = number;
    }
    this.#next = found;
  }
}

const UNKNOWN = -2;
const IN_HEAP = -1;
const LANES = 4;

/** The lane of an item; -1 for none. */
function laneOf(item: QueueItem): number {
  switch (item.kind) {
    case "durable":
      return 0;
    case "client":
      return item.timer === "timeout" ? 1 : 2;
    case "watch":
      return 3;
    case "deliver":
    case "timer":
    case "lessor":
    case "watch-server":
    case "undo":
      return -1;
  }
}

/** Items in the order in which they come up. */
class Lane {
  #items: QueueItem[] = [];
  #head = 0;

  get first(): QueueItem | undefined {
    return this.#head < this.#items.length ? this.#items[this.#head] : undefined;
  }

  /** Adds an item at the end; false when it comes up before the last one, and so does not belong here. */
  push(item: QueueItem): boolean {
    const last = this.#items.length > this.#head ? this.#items[this.#items.length - 1] : undefined;
    if (last !== undefined && byTimeThenOrder(last, item) > 0) return false;
    this.#items.push(item);
    return true;
  }

  shift(): QueueItem | undefined {
    const { first } = this;
    this.#head += 1;
    // What was taken is let go of in bulk.
    if (this.#head * 2 > this.#items.length && this.#head > MOST_TAKEN) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return first;
  }

  items(): readonly QueueItem[] {
    return this.#items.slice(this.#head);
  }

  copyFrom(other: Lane): void {
    this.#items = other.#items.slice(other.#head);
    this.#head = 0;
  }
}

/** Taken items that a lane keeps at most, unless more wait in it. */
const MOST_TAKEN = 256;
