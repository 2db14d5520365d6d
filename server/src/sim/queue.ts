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
  | { readonly kind: "watch"; readonly client: number; readonly watch: number; readonly stream: number }
  | { readonly kind: "undo"; readonly undo: Undo; readonly cause: number }
);

/** What ends a fault that was given `for` a while. */
export type Undo =
  | { readonly kind: "fault"; readonly fault: number }
  | { readonly kind: "restart" | "resume"; readonly server: number; readonly incarnation: number };

const byTimeThenOrder = (a: QueueItem, b: QueueItem): number => a.timeUs - b.timeUs || a.order - b.order;

/** The event queue: earliest first, ties in the order of insertion. */
export class EventQueue {
  readonly #heap: TinyQueue<QueueItem>;
  #order = 0;

  constructor(items: QueueItem[] = []) {
    this.#heap = new TinyQueue(items, byTimeThenOrder);
  }

  /** Number for the next item: insertion order. */
  nextOrder(): number {
    this.#order += 1;
    return this.#order;
  }

  /** Adds an item made with {@link nextOrder}. */
  push(item: QueueItem): void {
    this.#heap.push(item);
  }

  /** The earliest item, left in place. */
  peek(): QueueItem | undefined {
    return this.#heap.peek();
  }

  /** Takes the earliest item. */
  pop(): QueueItem | undefined {
    return this.#heap.pop();
  }

  /** Every item, in no particular order. */
  items(): readonly QueueItem[] {
    return this.#heap.data;
  }

  /** A queue with other items that goes on with the same numbers. */
  with(items: QueueItem[]): EventQueue {
    const other = new EventQueue(items);
    other.#order = this.#order;
    return other;
  }

  /** An independent copy. */
  clone(): EventQueue {
    return this.with(this.#heap.data.slice());
  }
}
