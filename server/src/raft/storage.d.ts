import type { RaftLog } from "./log.js";
import type { Output, WriteId } from "./output.js";
import type { HardState, Index, Snapshot } from "./types.js";
/**
 * What a server knows of its disk: which of its writes are durable, and so which promises may leave (Figure 2, persistent
 * state). Several writes may be in flight; they complete in order. One input makes at most one write, opened by the first
 * change and handed over at the end of the input.
 */
export declare class StableStorage<C> {
    #private;
    /** Last index of the present log that is durable. */
    durableIndex: Index;
    constructor(lastIndex: Index);
    /** Whether this input has something to make durable. */
    get hasWrite(): boolean;
    /** Term or vote changed and must be written. */
    hardStateChanged(): void;
    /** Entries from `from` on were removed from the log. Call it before new ones are appended. */
    truncated(from: Index): void;
    /** Entries `first`..`last` were appended to the log. */
    appended(first: Index, last: Index): void;
    /** A snapshot was taken, and the log up to `compactTo` dropped (0: nothing of it). */
    snapshotTaken(snapshot: Snapshot, compactTo: Index): void;
    /** A snapshot was installed, and what follows it in the log stays: the log is durable up to the snapshot's end with it. */
    snapshotInstalled(snapshot: Snapshot): void;
    /**
     * A snapshot was installed, and the log begins anew after it. Of what older writes bring to the disk, the snapshot agrees
     * with what was committed here, up to `committed`, and with nothing else for sure.
     */
    restarted(snapshot: Snapshot, committed: Index): void;
    /** The write that must be durable before the present term and vote are spoken; 0 when they are durable. */
    afterHardState(): WriteId;
    /** The write that must be durable before the log up to `index` is acknowledged; 0 when it is durable. */
    afterLog(index: Index): WriteId;
    /**
     * Hands the write of this input over, if there is one: the log's new entries, and `hardState` (term and vote) if they
     * changed.
     */
    flush(hardState: HardState | null, log: RaftLog<C>, output: Output<C>): void;
    /** All writes up to `write` are durable. False when that was known. */
    persisted(write: WriteId): boolean;
    /** An independent copy; not within an input. */
    clone(): StableStorage<C>;
}
