import type { Reason } from "../raft/reason.js";
import type { Kernel } from "./kernel.js";
import { type NetworkMessage } from "./message.js";
import type { Fate } from "./network.js";
import { type DropCause } from "./recorder.js";
import { type WatchError } from "./watch-options.js";
/** First word of a `send` event: peer (12 bits), type (8 bits), positive (1 bit). */
export declare function packSend(peer: number, type: number, positive: boolean): number;
/** Takes {@link packSend} apart. */
export declare function unpackSend(word: number): {
    peer: number;
    type: NetworkMessage["type"];
    positive: boolean;
};
/** Records a send, and schedules, holds or loses the message. Returns the event of the send. */
export declare function transmit(kernel: Kernel, message: NetworkMessage, cause: number, reason: Reason | null): number;
/** Puts a message on its way, and its duplicate. */
export declare function scheduleArrivals(kernel: Kernel, message: NetworkMessage, sendEvent: number, { timeUs, duplicateUs }: Fate & {
    readonly kind: "arrives";
}): void;
/** Records that a message will never be delivered. */
export declare function recordDrop(kernel: Kernel, message: NetworkMessage, sendEvent: number, why: DropCause): void;
/** Takes {@link responseFlags} apart. */
export declare function unpackResponse(word: number): {
    readonly fragment: boolean;
    readonly canceled: boolean;
    readonly error: WatchError | null;
};
