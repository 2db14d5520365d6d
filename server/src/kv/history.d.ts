import { Change } from "./change.js";
import type { KeyRange, LeaseId, Revision } from "./request.js";
import type { KvEvent } from "./response.js";
/** All changes of a store that are kept, in the order they happened, and through them the past of every key. */
export declare class History {
    #private;
    /** An empty history, or an independent copy of `original` in constant time. */
    constructor(original?: History | null);
    /** The revision of the last compaction; -1 before the first. */
    get compactRevision(): Revision;
    /** Adds a put after `newest`, the newest change kept of its key. */
    put(key: string, value: string, lease: LeaseId, revision: Revision, sub: number, newest: Change | undefined): Change;
    /** Adds a deletion after `newest`. */
    remove(revision: Revision, sub: number, newest: Change): Change;
    /** The change of the same key before `change`; `undefined` where there is none, or none that is kept. */
    before(change: Change): Change | undefined;
    /** The newest change of a key at or before `revision`, which is not compacted, from `newest` back. */
    at(newest: Change, revision: Revision): Change | undefined;
    /** The change as watchers see it. */
    event(change: Change): KvEvent;
    /** Events of one key from its `newest` change back to revision `from`, newest first, at most `most`. */
    eventsOfKey(newest: Change | undefined, from: Revision, most?: number): KvEvent[];
    /** Events in a range with `from` <= revision <= `to`, oldest first. `from` is not compacted. */
    eventsOfRange(from: Revision, to: Revision, range: KeyRange): KvEvent[];
    /** Calls `visit` for every change kept up to `revision`, oldest first. */
    scan(revision: Revision, visit: (change: Change) => void): void;
    /**
     * Drops what no read from `revision` on can see: every change that a later one at or before `revision` replaced, and deletions
     * before it. A deletion at `revision` itself stays until the next compaction, so that watches from there see it (etcd >= 3.4.34, 3.5.16;
     * mvcc/key_index.go, compact). Calls `dropped` for each. The cost is that of the changes since the last compaction.
     */
    compact(revision: Revision, dropped: (change: Change) => void): void;
}
