import type { ConfigurationLog } from "./configuration.js";
import type { DurableState } from "./contract.js";
import type { RaftLog } from "./log.js";
import type { Message } from "./message.js";
import type { Output, WriteId } from "./output.js";
import { FollowerProgress } from "./progress.js";
import type { Quorum, Tally } from "./quorum.js";
import type { Reason } from "./reason.js";
import { StableStorage } from "./storage.js";
import type { Configuration, Entry, Index, RaftConfig, Role, ServerId, Snapshot, Term } from "./types.js";
/** A voter's answer in the running election. */
export type VoteAnswer = "none" | "granted" | "refused";
/** A linearizable read that waits (D §6.4): for its round, or, with round 0, for the first commit of this leadership. */
export interface PendingRead {
    /** Who asked: this server, or the follower that waits for the read index. */
    readonly from: ServerId;
    readonly context: number;
    readonly index: Index;
    readonly round: number;
}
/** How much has arrived of a snapshot that a leader sends (Figure 13). */
export interface IncomingSnapshot {
    /** The leader's term: another leader's snapshot has bytes of its own. */
    readonly term: Term;
    readonly lastIncludedIndex: Index;
    /** Bytes, without a gap. */
    readonly received: number;
}
/**
 * A server's state (Figure 2) and the few operations on it that every part of the protocol uses. The parts are modules of
 * functions over it: voting, election, roles, append (the follower's side), replication (the leader's side), reads.
 */
export declare class ServerState<C> {
    #private;
    readonly config: RaftConfig;
    readonly output: Output<C>;
    readonly configurations: ConfigurationLog;
    /** The configuration in force. */
    configuration: Configuration;
    configurationIndex: Index;
    /** The other members, ascending: the order in which messages leave. */
    peers: readonly ServerId[];
    /** Those of them that count in an election, ascending: who is asked for votes. */
    electors: readonly ServerId[];
    /** Who has to agree on an election and on a commitment. */
    quorum: Quorum;
    term: Term;
    vote: ServerId;
    readonly log: RaftLog<C>;
    /** The newest snapshot, durable or on its way to the disk. */
    snapshot: Snapshot | null;
    /** The snapshot of which a leader has sent the first chunks; `null` for none. */
    incoming: IncomingSnapshot | null;
    storage: StableStorage<C>;
    role: Role;
    /** The leader of `term`, if one was heard since the last election timeout here, or NONE. */
    leader: ServerId;
    commitIndex: Index;
    appliedIndex: Index;
    /** Answers in the running election or pre-election, by server. */
    answers: VoteAnswer[];
    /** Votes beyond one per server, which only count with a rule off. */
    repeatedVotes: number;
    /** One for each peer, in the order of `peers`, from the first time on that this server leads; meaningful while leading. */
    followers: FollowerProgress[];
    /** The same, by server. */
    followerOf: (FollowerProgress | undefined)[];
    /** The server that leadership is being handed to, or NONE (D §3.10). */
    transferee: ServerId;
    /** Index of the first entry of this leadership. */
    firstIndexOfTerm: Index;
    /** The newest ReadIndex round of this leadership; 0 before the first. */
    round: number;
    /** Reads that wait, in the order of their rounds. */
    pendingReads: PendingRead[];
    /** Whether TimeoutNow was sent to {@link transferee}. */
    transferSent: boolean;
    /** Whether TimeoutNow was sent to anybody in this leadership: it may still arrive, and no lease protects from it. */
    leaseBroken: boolean;
    /** When the newest rounds began, by this server's clock; only with lease reads. */
    roundStarts: {
        readonly round: number;
        readonly at: number;
    }[];
    /** Reads of this follower for which the leader was asked. */
    forwardedReads: number[];
    /** Reads whose index is not committed here yet. */
    unappliedReads: {
        readonly context: number;
        readonly index: Index;
    }[];
    /**
     * With lease reads: this server has promised somebody to elect nobody for a while, or may have before it restarted, though
     * it knows no leader now. It votes for nobody until its election timer has fired (D §6.4.1).
     */
    abstains: boolean;
    /** The server's own clock at this input, in microseconds; see `Raft.localTime`. */
    localTime: number;
    /** For finding the majority's index without allocating. */
    readonly scratch: Index[];
    /** What the last count came to. */
    readonly tally: Tally;
    /** `configurations`: those of the log, for a copy, which gets the rest from {@link copyFrom}; otherwise the log is searched for them. */
    constructor(config: RaftConfig, durable: DurableState<C>, configurations?: ConfigurationLog | null);
    /** Last index of the log that this server knows to be durable here. */
    get durableIndex(): Index;
    /** Hands a message over, to leave once the write `after` is durable. */
    send(message: Message<C>, after: WriteId, why: Reason | null): void;
    /** Notes that role, term, vote or leader are now what they are. */
    changed(why: Reason): void;
    /** Sets term and vote, to be made durable by the write of this input. */
    setHardState(term: Term, vote: ServerId): void;
    /** Appends an entry. */
    append(entry: Entry<C>): Index;
    /** Removes the entries from `index` on, before others are appended. What a snapshot covers stays. */
    truncateFrom(wanted: Index): void;
    /** The log begins anew after a snapshot that it does not agree with; `configuration` is the one there. */
    restartLog(snapshot: Snapshot, configuration: Configuration): void;
    /**
     * Sees to it that the configuration in force is the one that the rules say; to be called when one was appended, removed,
     * committed (with the rule config-on-append off) or installed.
     */
    useConfiguration(): void;
    /** Entries `first`..`last`, for a message. All followers that are sent the same entries share one array. */
    batch(first: Index, last: Index): readonly Entry<C>[];
    /** Ends an input: what has to become durable goes out as one write. */
    endInput(): void;
    /** Sees to it that there is a progress for every peer, and for nobody else. Who was a peer keeps the one that it had. */
    followPeers(): void;
    /** Takes over the state of `other`, a server of the same configuration and log. */
    protected copyFrom(other: ServerState<C>): void;
}
