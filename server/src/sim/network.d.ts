import type { NetworkFault } from "./action.js";
import type { EndpointId, Micros, WorldConfig } from "./config.js";
import { type NetworkMessage } from "./message.js";
import { RandomStream } from "./random.js";
/** A fault in force. */
export interface ActiveFault {
    /** From 1, in the order of their beginning. */
    readonly number: number;
    readonly fault: NetworkFault;
    readonly text: string;
    readonly sinceUs: Micros;
    readonly untilUs: Micros | null;
    /** Messages that a counted rule will still take; `null` for no limit. */
    readonly remaining: number | null;
}
/** A message that a hold rule keeps. */
export interface HeldMessage {
    readonly message: NetworkMessage;
    readonly sendEvent: number;
    readonly fault: number;
}
/** A message that waits in a manual network. */
export interface WaitingMessage {
    /** From 1, in the order of their coming. */
    readonly number: number;
    readonly message: NetworkMessage;
    readonly sendEvent: number;
}
/** What becomes of a message that was sent. Arrivals are instants of virtual time; several for duplicates. */
export type Fate = {
    readonly kind: "arrives";
    readonly timeUs: Micros;
    readonly duplicateUs: Micros | null;
} | {
    readonly kind: "lost";
    readonly why: "loss" | "blocked" | "rule";
} | {
    readonly kind: "held";
    readonly fault: number;
}
/** In a manual network: until an action delivers it. */
 | {
    readonly kind: "waits";
};
/**
 * The network between all endpoints. Links are first in, first out unless `reorder` strikes. Faults compose:
 * the state of a link is computed from all faults in force, so that ending one leaves the others.
 */
export declare class Network {
    #private;
    constructor(config: WorldConfig, endpoints: number, random?: RandomStream);
    /** Faults in force, oldest first. */
    get faults(): readonly ActiveFault[];
    /** Messages kept by hold rules, oldest first. */
    get held(): readonly HeldMessage[];
    /** Messages that wait until an action delivers them, oldest first: those of a link in the order in which it brought them. */
    get waiting(): readonly WaitingMessage[];
    /** Whether nothing passes from `from` to `to`. */
    isBlocked(from: EndpointId, to: EndpointId): boolean;
    /** Decides the fate of a message sent at `nowUs`. */
    send(message: NetworkMessage, nowUs: Micros): Fate;
    /** Puts a fault in force and returns its number. */
    begin(fault: NetworkFault, text: string, sinceUs: Micros, untilUs: Micros | null): number;
    /** The number of the next fault, of the network or of a machine: they are counted together. */
    takeFaultNumber(): number;
    /** Ends a fault; returns the messages it held. False-y numbers and ended faults give nothing. */
    end(number: number): readonly HeldMessage[];
    /** Whether a fault with this number is in force or still holds messages. */
    knows(number: number): boolean;
    /** Ends every fault; returns all held messages. */
    healAll(): readonly HeldMessage[];
    /** Unblocks pairs for which `healed` holds; other kinds of faults stay. */
    heal(healed: (from: EndpointId, to: EndpointId) => boolean): void;
    /** Keeps a message until its rule is released. */
    hold(message: NetworkMessage, sendEvent: number, fault: number): void;
    /** Lets a message wait until it is delivered. */
    wait(message: NetworkMessage, sendEvent: number): void;
    /** A copy of a waiting message waits right behind it. */
    copyWaiting({ number, message, sendEvent }: WaitingMessage): void;
    /** Takes a waiting message out. */
    takeWaiting({ number }: WaitingMessage): void;
    /** Makes room for one more endpoint and returns its number. */
    addEndpoint(): EndpointId;
    /** An independent copy. */
    clone(): Network;
}
