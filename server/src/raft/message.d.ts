import type { Entry, Index, ServerId, Snapshot, Term } from "./types.js";
/**
 * Messages between servers, with the paper's names and fields (Figure 2; dissertation §9.6 for PreVote).
 * Immutable; a message may be delivered late, twice or never.
 */
export type Message<C> = RequestVote | RequestVoteReply | PreVote | PreVoteReply | AppendEntries<C> | AppendEntriesReply | InstallSnapshot | InstallSnapshotReply | TimeoutNow | TimeoutNowReply | ReadIndex | ReadIndexReply;
/** Common to all messages. `term` is the sender's current term, except in PreVote (the term it would start). */
interface MessageBase {
    readonly from: ServerId;
    readonly to: ServerId;
    readonly term: Term;
}
/** A candidate asks for a vote (§5.2). */
export interface RequestVote extends MessageBase {
    readonly type: "RequestVote";
    readonly lastLogIndex: Index;
    readonly lastLogTerm: Term;
    /** The leader asked for this election: a voter that hears that leader does not refuse for it (D §3.10, §4.2.3). */
    readonly leadershipTransfer: boolean;
}
/** The answer to a vote request. */
export interface RequestVoteReply extends MessageBase {
    readonly type: "RequestVoteReply";
    readonly voteGranted: boolean;
}
/** Asks whether the receiver would give its vote in `term`. Changes nobody's state (dissertation §9.6). */
export interface PreVote extends MessageBase {
    readonly type: "PreVote";
    readonly lastLogIndex: Index;
    readonly lastLogTerm: Term;
}
/** The answer to a pre-vote: `term` is the asked one when granted, the voter's own when refused. */
export interface PreVoteReply extends MessageBase {
    readonly type: "PreVoteReply";
    readonly voteGranted: boolean;
}
/** Replication and heartbeat (§5.3). Without entries it is what the language calls `Heartbeat`. */
export interface AppendEntries<C> extends MessageBase {
    readonly type: "AppendEntries";
    readonly prevLogIndex: Index;
    readonly prevLogTerm: Term;
    readonly entries: readonly Entry<C>[];
    readonly leaderCommit: Index;
    /** The leader's newest ReadIndex round, echoed by the reply (dissertation §6.4); 0 when there was none. */
    readonly round: number;
}
/** The answer to AppendEntries. */
export interface AppendEntriesReply extends MessageBase {
    readonly type: "AppendEntriesReply";
    readonly success: boolean;
    /**
     * On success: an index up to which the log is durable and known to agree with the leader's (with entries: the last of
     * them; a heartbeat does not wait for the disk). Otherwise the refused prevLogIndex.
     */
    readonly matchIndex: Index;
    /** On refusal: the term of the conflicting entry, 0 when the log is too short (§5.3, fast back-tracking). */
    readonly conflictTerm: Term;
    /** On refusal: the first index of `conflictTerm`, or one past the last entry when the log is too short. */
    readonly conflictIndex: Index;
    readonly round: number;
    /** Whether it answers an AppendEntries without entries; only people look at it. */
    readonly heartbeat: boolean;
}
/**
 * One chunk of a snapshot, for a follower that needs entries which the leader no longer has (§7, Figure 13). The snapshot
 * is shared by reference; a receiver may only look at its data once it has every chunk.
 */
export interface InstallSnapshot extends MessageBase {
    readonly type: "InstallSnapshot";
    readonly snapshot: Snapshot;
    /** Where the chunk begins in the snapshot, in bytes from 0 (Figure 13). */
    readonly offset: number;
    /** Bytes in this chunk. */
    readonly length: number;
    /** Whether this is the last chunk. */
    readonly done: boolean;
    /** As in AppendEntries. */
    readonly round: number;
}
/** The answer to a chunk. */
export interface InstallSnapshotReply extends MessageBase {
    readonly type: "InstallSnapshotReply";
    readonly lastIncludedIndex: Index;
    /** Bytes of that snapshot that have arrived without a gap: the offset of the chunk to send next. */
    readonly received: number;
    /**
     * Once the snapshot is installed and durable, or was not needed: an index up to which the log is durable and known to
     * agree with the leader's. 0 before.
     */
    readonly matchIndex: Index;
    readonly round: number;
}
/** Has the receiver start an election at once: the last step of a leadership transfer (D §3.10). */
export interface TimeoutNow extends MessageBase {
    readonly type: "TimeoutNow";
}
/** The answer to TimeoutNow: whether an election was started. */
export interface TimeoutNowReply extends MessageBase {
    readonly type: "TimeoutNowReply";
    readonly started: boolean;
}
/** A follower asks the leader for a read index (D §6.4). */
export interface ReadIndex extends MessageBase {
    readonly type: "ReadIndex";
    /** The follower's number for the read, echoed by the reply. */
    readonly context: number;
}
/** The answer: the read index, or that there is none. */
export interface ReadIndexReply extends MessageBase {
    readonly type: "ReadIndexReply";
    readonly context: number;
    readonly success: boolean;
    /** The index that must be applied before the read is served; 0 without success. */
    readonly readIndex: Index;
}
/** The type names of {@link Message}. */
export type RaftMessageType = Message<never>["type"];
export {};
