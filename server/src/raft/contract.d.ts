import type { RaftLog } from "./log.js";
import type { MembershipChange } from "./membership.js";
import type { Message } from "./message.js";
import type { Output, ProposalOutcome, WriteId } from "./output.js";
import type { Reason } from "./reason.js";
import type { Configuration, HardState, Index, RaftConfig, Role, ServerId, Snapshot, SnapshotData, Term } from "./types.js";
/**
 * One Raft server as a pure state machine. Each input method handles one event to completion and leaves its
 * effects in `output`, which the caller clears. No clock, no randomness, no I/O: the same inputs in the
 * same order give the same outputs.
 */
export interface Raft<C> {
    readonly config: RaftConfig;
    readonly output: Output<C>;
    readonly role: Role;
    readonly term: Term;
    readonly vote: ServerId;
    readonly leader: ServerId;
    readonly log: RaftLog<C>;
    /** Never falls. Where a rule is off or a disk lost data, entries up to it may be missing from {@link log} again. */
    readonly commitIndex: Index;
    /** Set by {@link applied}. */
    readonly appliedIndex: Index;
    /** Last index of the log that this server knows to be durable here. */
    readonly durableIndex: Index;
    /** Voters (by id) that granted in the running election or pre-election, ascending. */
    readonly votesGranted: readonly ServerId[];
    /** The configuration in force here: elections and commitment count by it (§6). */
    readonly configuration: Configuration;
    /** Index of the entry that it stands in; 0 for the one the cluster began with, or the snapshot's index. */
    readonly configurationIndex: Index;
    /** The newest snapshot here, durable or on its way to the disk; `null` before the first. */
    readonly snapshot: Snapshot | null;
    /** Leader only: the server that leadership is being handed to, or NONE (D §3.10). */
    readonly transferee: ServerId;
    /** Leader only, by follower: next index to send, match index, unanswered appends, heard since the last quorum check. */
    progressOf(follower: ServerId): Progress | null;
    /** Begins: sets the election timer. `restarted` only changes the reason given. */
    start(restarted: boolean): void;
    receive(message: Message<C>): void;
    electionTimeout(forced: boolean): void;
    heartbeatTimeout(): void;
    propose(command: C): ProposalOutcome;
    /** Changes the cluster's configuration (§6, D §4.1). */
    changeMembership(change: MembershipChange): ProposalOutcome;
    /** Hands leadership to `target` (D §3.10). `null` when that has begun, otherwise why not. */
    transferLeadership(target: ServerId): Reason | null;
    /**
     * Takes a snapshot that covers the log up to `index` (at most {@link snapshotLimit}) and drops the entries it covers but
     * for the last `keep` (§7). Nothing happens when there is one that covers as much.
     */
    compact(index: Index, data: SnapshotData, keep: number): void;
    /** The last index that a snapshot taken now may cover: what is applied (§7). 0 when the log does not reach so far any more. */
    readonly snapshotLimit: Index;
    /**
     * The server's own clock in microseconds as of the next input, set by whoever runs it before an input. Only lease reads
     * look at it (D §6.4.1).
     */
    localTime: number;
    /**
     * Asks for a linearizable read; the answer comes as an output read with `context`, maybe at once. A follower asks the
     * leader for the read index (D §6.4).
     */
    readIndex(context: number): void;
    /** All writes up to `write` are durable. */
    persisted(write: WriteId): void;
    /** The runner has applied everything up to `index`. */
    applied(index: Index): void;
    /** An independent copy with shared entries; its output is empty. */
    clone(): Raft<C>;
}
/** What a leader knows of a follower (Figure 2, "Volatile state on leaders"; etcd's tracker.Progress). */
export interface Progress {
    readonly next: Index;
    readonly match: Index;
    /** `snapshot`: a snapshot is on its way, and no entries until it is installed. */
    readonly state: "probe" | "replicate" | "snapshot";
    readonly inflight: number;
    readonly active: boolean;
}
/** The state a server starts from: what its disk holds. */
export interface DurableState<C> {
    readonly hardState: HardState;
    /** It begins after the snapshot, or earlier. */
    readonly log: RaftLog<C>;
    readonly snapshot: Snapshot | null;
    /** Commit index to start from; the snapshot's index or 0 after a crash, since Raft does not persist it. */
    readonly commitIndex: Index;
}
