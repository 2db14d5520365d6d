import type { KeyRange, Revision } from "../kv/request.js";
/** What a watch asks for, with the fields of etcd's WatchCreateRequest. */
export interface WatchOptions extends KeyRange {
    /** First revision wanted; 0: from now on. */
    readonly startRevision: Revision;
    /** Events carry the pair before. */
    readonly prevKv: boolean;
    /** Events of this type are left out (etcd's filters NOPUT, NODELETE). */
    readonly without: "put" | "delete" | null;
    /** Told now and then how far it has come, also while nothing happens. */
    readonly progressNotify: boolean;
    /** Large responses may come in parts. */
    readonly fragment: boolean;
    /** The server ends it when it knows no leader (the metadata `hasleader`). */
    readonly requireLeader: boolean;
}
/** A watch that asks for nothing but its keys, from now on. */
export declare function plainWatch(range: KeyRange, startRevision?: Revision): WatchOptions;
/** Why a server ends a watch or does not open it, in the order of the codes in the trace; append only. */
export declare const WATCH_ERRORS: readonly ["compacted", "no-leader", "learner", "empty-watcher-range"];
/** Why a server ends a watch or does not open it. */
export type WatchError = (typeof WATCH_ERRORS)[number];
