import type { LeaseId, Revision } from "./request.js";
import type { KeyValue } from "./response.js";
/** Stands for the position of no change. */
export declare const NO_CHANGE = -1;
/**
 * What one change made of a key: the pair that a put left, or a deletion, which has no version. Immutable, and shared by all
 * clones of a store. It knows the change of its key before it by the position in the store's history, not by a
 * reference: what a compaction takes out of one store's history is free once no clone has it any more. The positions
 * are private, so that a pair printed, compared or sent elsewhere is etcd's KeyValue and nothing else.
 */
export declare class Change implements KeyValue {
    #private;
    readonly key: string;
    readonly value: string;
    readonly createRevision: Revision;
    readonly modRevision: Revision;
    readonly version: number;
    readonly lease: LeaseId;
    /** A put: `created` is its own revision where the key's life begins. */
    constructor(key: string, value: string, created: Revision, revision: Revision, version: number, lease: LeaseId, position: number, sub: number, before: number, jump: number, depth: number);
    /** Whether the key lives after this change. */
    get live(): boolean;
    /** Position in the history. */
    get position(): number;
    /** The change's number within its revision, from 0 (etcd: revision.sub). */
    get sub(): number;
    /** Position of the change of the same key before this one; {@link NO_CHANGE} for none. */
    get before(): number;
    /** Position of an older change of the key, placed so that any one is reached in O(log n) (Myers' random-access list). */
    get jump(): number;
    /** How many changes of the key came before. */
    get depth(): number;
}
