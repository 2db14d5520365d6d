import type { Micros } from "./config.js";
import type { NetworkMessage } from "./message.js";
/** What the queue holds. Items are immutable and shared between a world and its clones. */
export type QueueItem = {
    readonly timeUs: Micros;
    readonly order: number;
} & ({
    readonly kind: "deliver";
    readonly message: NetworkMessage;
    readonly sendEvent: number;
} | {
    readonly kind: "timer";
    readonly server: number;
    readonly timer: "election" | "heartbeat";
    readonly incarnation: number;
} | {
    readonly kind: "durable";
    readonly server: number;
    readonly write: number;
    readonly cause: number;
    readonly incarnation: number;
} | {
    readonly kind: "client";
    readonly client: number;
    readonly timer: "try" | "timeout";
    readonly operation: number;
    readonly attempt: number;
}
/** A server looks at its leases. */
 | {
    readonly kind: "lessor";
    readonly server: number;
    readonly incarnation: number;
}
/** The client looks after a watch; with the stream's number negative it opens it anew. */
 | {
    readonly kind: "watch";
    readonly client: number;
    readonly watch: number;
    readonly stream: number;
}
/** A server's watches: catches up, looks for a leader, or tells one watch its progress. */
 | {
    readonly kind: "watch-server";
    readonly server: number;
    readonly incarnation: number;
    readonly task: WatchTask;
} | {
    readonly kind: "undo";
    readonly undo: Undo;
    readonly cause: number;
});
/** What a server does for its watches now and then. */
export type WatchTask = {
    readonly kind: "sync" | "leader";
} | {
    readonly kind: "progress";
    readonly watch: number;
    readonly stream: number;
};
/** What ends a fault that was given `for` a while. `server` is a client's number where it was a client. */
export type Undo = {
    readonly kind: "fault";
    readonly fault: number;
} | {
    readonly kind: "restart";
    readonly server: number;
    readonly incarnation: number;
} | {
    readonly kind: "resume";
    readonly server: number;
    readonly pause: number;
};
/**
 * The event queue: earliest first, ties in the order of insertion. Timeouts of one length and writes come up in the
 * order in which they were made, so each such kind has a lane, first in, first out; only what overtakes goes through
 * the heap, which stays small.
 */
export declare class EventQueue {
    #private;
    constructor(items?: QueueItem[]);
    /** Number for the next item: insertion order. */
    nextOrder(): number;
    /** Adds an item made with {@link nextOrder}. */
    push(item: QueueItem): void;
    /** The earliest item, left in place. */
    peek(): QueueItem | undefined;
    /** Takes the earliest item. */
    pop(): QueueItem | undefined;
    /** Every item, in no particular order. */
    items(): readonly QueueItem[];
    /** A queue with other items that goes on with the same numbers. The array becomes its own. */
    with(items: QueueItem[]): EventQueue;
    /** An independent copy. */
    clone(): EventQueue;
}
