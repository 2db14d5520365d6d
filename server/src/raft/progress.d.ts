import type { Progress } from "./contract.js";
import type { Index, ServerId, Snapshot } from "./types.js";
/**
 * A leader's view of one follower (Figure 2, "Volatile state on leaders"; etcd tracker/progress.go).
 *
 * - probe: where the logs agree is not known. One AppendEntries with entries at a time; the next leaves when a reply came.
 * - replicate: they agree up to `match`. AppendEntries are pipelined: `next` runs ahead of the replies, as far as the
 *   window of unanswered messages allows. A refusal leads back to probe.
 * - snapshot: the leader no longer has the entries the follower needs. A snapshot is on its way, chunk by chunk, and no
 *   entries until a reply shows that it is installed.
 */
export declare class FollowerProgress implements Progress {
    #private;
    readonly id: ServerId;
    next: Index;
    match: Index;
    state: "probe" | "replicate" | "snapshot";
    /** probe: an AppendEntries with entries is unanswered. */
    probeSent: boolean;
    active: boolean;
    /** The newest ReadIndex round this follower has answered in this term (D §6.4). */
    round: number;
    /** The highest commit index told to the follower that it could use (etcd: sentCommit). */
    sentCommit: Index;
    /** snapshot: the one that is on its way, also when this server has taken a newer one meanwhile. */
    snapshot: Snapshot | null;
    /** snapshot: offset of the chunk that is unanswered. */
    offset: number;
    /** snapshot: whether a heartbeat was due since that chunk was sent. */
    overdue: boolean;
    constructor(id: ServerId);
    /** AppendEntries with entries that no reply has covered. */
    get inflight(): number;
    /**
     * Begins anew (Figure 2): nextIndex just behind the leader's log, which ends at `lastIndex`, and nothing known to match,
     * unless `keepMatch`.
     */
    reset(lastIndex: Index, keepMatch: boolean): void;
    /** Whether entries may be sent now, with at most `window` unanswered messages. */
    mayCarryEntries(window: number): boolean;
    /** Notes that entries up to `last` are on their way. */
    sentEntries(last: Index): void;
    /** Notes the commit index that a message told, as far as the follower can use it. */
    sentCommitIndex(usable: Index): void;
    /** Whether a message without entries would let the follower commit more. */
    lacksCommit(commitIndex: Index): boolean;
    /**
     * A success up to `index`. True when it told something new: more is known to agree, or a probe has found the place.
     */
    acknowledged(index: Index): boolean;
    /**
     * A refusal of prevLogIndex `refused`; `hint` is where the conflict fields say to go on. False when it is an old one: it
     * answers a message from before the last reply that counted, or the follower has lost what it acknowledged.
     */
    refused(refused: Index, hint: Index): boolean;
    /** `snapshot` goes to the follower from now on, from its first byte; entries follow once it is there. */
    sendSnapshot(snapshot: Snapshot): void;
    /** The follower holds the log up to `match`, and entries can follow again. */
    endSnapshot(): void;
    /** An independent copy. */
    clone(): FollowerProgress;
}
