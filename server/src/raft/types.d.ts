/**
 * The vocabulary of the protocol: terms, indices, entries, roles, durable state (Raft paper, Figure 2).
 */
/** A server's number within its cluster, from 1. Names are the business of whoever runs the servers. */
export type ServerId = number;
/** "Nobody": no vote, no known leader. */
export declare const NONE: ServerId;
/** Election term, from 0 (before the first election); §5.1. */
export type Term = number;
/** Position in the log, from 1; 0 is "before the first entry"; §5.3. */
export type Index = number;
/** A server's role; `pre-candidate` asks whether it could win before it starts a term (dissertation §9.6). */
export type Role = (typeof ROLES)[number];
/** All roles; a role's position is its number where only integers fit (reasons, traces). Append only. */
export declare const ROLES: readonly ["follower", "pre-candidate", "candidate", "leader"];
/** A role's position in {@link ROLES}. */
export declare function roleCode(role: Role): number;
/**
 * A log entry. Entries are immutable and shared by reference between servers, messages and disks.
 * `no-op` opens a leader's term (dissertation §6.4); `configuration` changes the cluster's membership (§6).
 */
export type Entry<C> = {
    readonly kind: "no-op";
    readonly term: Term;
} | {
    readonly kind: "command";
    readonly term: Term;
    readonly command: C;
} | {
    readonly kind: "configuration";
    readonly term: Term;
    readonly configuration: Configuration;
};
/**
 * The members of a cluster (§6; etcd's ConfState). All lists ascend, and no server stands in `learners` and in one of the
 * others' majorities at once. A server that runs but belongs to no configuration yet has one without voters.
 */
export interface Configuration {
    /** The voters; while joint, those of the new configuration (C_new). */
    readonly voters: readonly ServerId[];
    /** While joint: the voters of the old configuration (C_old). Otherwise empty. */
    readonly outgoing: readonly ServerId[];
    /** Members that get the log and count in no majority (D §4.2.1). */
    readonly learners: readonly ServerId[];
    /** While joint: whether the leader leaves by itself once the joint configuration is committed. */
    readonly autoLeave: boolean;
}
/**
 * A snapshot of the state machine at an index (§7). `data` belongs to whoever runs the server; the protocol only asks how
 * large it is, to send it in chunks.
 */
export interface Snapshot {
    /** Up to where it stands for the log: the last entry that was applied when it was taken (§7). */
    readonly lastIncludedIndex: Index;
    /** The term of that entry. */
    readonly lastIncludedTerm: Term;
    /** The newest one in the log up to that entry (§7). */
    readonly configuration: Configuration;
    readonly data: SnapshotData;
}
/** The content of a {@link Snapshot}, opaque to the protocol. Immutable. */
export interface SnapshotData {
    /** Size in bytes, at least 1. */
    readonly bytes: number;
}
/** What must be durable before it is spoken, besides the log (Figure 2, "Persistent state"). */
export interface HardState {
    readonly term: Term;
    /** The candidate that got this server's vote in `term`, or {@link NONE}. */
    readonly vote: ServerId;
}
/** How a server is set up. It never changes while the server runs. */
export interface RaftConfig {
    readonly id: ServerId;
    /**
     * The voters that the cluster began with, in ascending order; a configuration in the log or in a snapshot replaces them.
     * Empty for a server that waits to be added.
     */
    readonly voters: readonly ServerId[];
    /** The learners that the cluster began with, in ascending order. */
    readonly learners: readonly ServerId[];
    /**
     * How configurations change: through joint consensus (§6), one server at a time (D §4.1), or `naive`, straight from old
     * to new, which is unsafe (Figure 10).
     */
    readonly membership: "joint" | "single" | "naive";
    /** Ask before starting a term (dissertation §9.6). */
    readonly preVote: boolean;
    /**
     * A leader that hears no majority within an election timeout steps down, and a server that hears a leader
     * refuses others (dissertation §6.2, §4.2.3).
     */
    readonly checkQuorum: boolean;
    /**
     * `read-index` confirms leadership by a heartbeat round (D §6.4); `lease` relies on the last one for a while (D §6.4.1);
     * `local` answers at once and is unsafe.
     */
    readonly reads: "read-index" | "lease" | "local";
    /**
     * How long after it began a round of heartbeats keeps others from being elected, by any server's clock, in microseconds:
     * the least election timeout. {@link leaseDrift} shortens the lease that follows from it.
     */
    readonly leaseBase: number;
    /** Bound on the drift between two servers' clocks, as a share (0.1: 10%); D §6.4.1. */
    readonly leaseDrift: number;
    /** Most entries in one AppendEntries. */
    readonly appendLimit: number;
    /** Most unanswered AppendEntries with entries per follower. */
    readonly inflight: number;
    /** Most bytes of a snapshot in one InstallSnapshot (§7). */
    readonly snapshotChunk: number;
    readonly rules: Rules;
}
/**
 * Raft's rules that a student may switch off. `true` is correct Raft. Each is asked in one place of the
 * protocol, through a predicate of its own (rules.ts).
 */
export interface Rules {
    /** A server votes for at most one candidate in a term (§5.2). */
    readonly oneVotePerTerm: boolean;
    /** The vote is durable before it is spoken (Figure 2); off, it never reaches the disk. */
    readonly persistVote: boolean;
    /** The term is durable before it is spoken (Figure 2); off, neither term nor vote reach the disk. */
    readonly persistTerm: boolean;
    /** Hearing the leader of a term does not forget the vote of that term. */
    readonly keepVoteOnLeader: boolean;
    /** A voter counts once in an election, however often its reply arrives. */
    readonly countVotesOnce: boolean;
    /** A vote reply of an earlier term counts for nothing (§5.1). */
    readonly votesOfThisTerm: boolean;
    /** A candidate needs more than half of the voters, also when their number is even (§5.2). */
    readonly majorityToWin: boolean;
    /** A voter refuses a candidate whose log is behind its own (§5.4.1). */
    readonly upToDateVote: boolean;
    /** A server that hears its leader refuses candidates (§6, D §4.2.3, D §9.6). */
    readonly refuseWhileLeaderHeard: boolean;
    /** A leader that meets a higher term becomes a follower (§5.1). */
    readonly stepDownOnHigherTerm: boolean;
    /** AppendEntries of an earlier term is refused (§5.1). */
    readonly ignoreStaleTerms: boolean;
    /** AppendEntries is refused unless prevLogIndex and prevLogTerm match (§5.3). */
    readonly logMatchingCheck: boolean;
    /** A conflicting entry goes with all that follow it (§5.3). */
    readonly truncateOnConflict: boolean;
    /** An AppendEntries that agrees with the log removes nothing, however short and late it is (§5.3). */
    readonly truncateOnlyOnConflict: boolean;
    /** A leader never overwrites or deletes entries of its own log (§5.3); off, it drops what it does not know to be committed. */
    readonly leaderAppendOnly: boolean;
    /** Only entries of the leader's term are committed by counting (§5.4.2). */
    readonly currentTermCommit: boolean;
    /** An entry counts as held where it was acknowledged, not where it was sent (§5.3). */
    readonly majorityCommit: boolean;
    /** A follower's commit index never passes the last entry it knows to agree (Figure 2, AppendEntries, step 5). */
    readonly commitWithinMatch: boolean;
    /** A success names prevLogIndex plus the entries sent, not the follower's last index. */
    readonly ackWhatWasChecked: boolean;
    /** nextIndex and matchIndex start anew with each leadership (Figure 2). */
    readonly resetMatchOnElection: boolean;
    /** An AppendEntries reply of an earlier term counts for nothing. */
    readonly repliesOfThisTerm: boolean;
    /** A follower acknowledges only what is durable (Figure 2, D §10.2.1). */
    readonly durableBeforeAck: boolean;
    /** A leader counts its own copy only once durable (D §10.2.1). */
    readonly leaderDurableBeforeCount: boolean;
    /** A leader opens its term with an entry that changes nothing (§8, D §6.4). */
    readonly noOpOnElection: boolean;
    /** A read waits for a round of heartbeats (§8, D §6.4). */
    readonly confirmLeadership: boolean;
    /** A new leader commits an entry of its term before it serves a read (§8, D §6.4). */
    readonly readAfterNoOp: boolean;
    /** A vote request restarts the voter's election timer only when granted (§5.2). */
    readonly resetTimerOnGrantOnly: boolean;
    /** The refusal of a pre-vote tells the voter's own term, so that one left behind catches up (D §9.6). */
    readonly preVoteCarriesTerm: boolean;
    /** While joint, elections and commitment need a majority of the old and of the new configuration (§6); off, of the new one only. */
    readonly bothMajorities: boolean;
    /** Several servers change only through joint consensus (§6, Figure 10). */
    readonly jointForMany: boolean;
    /** No configuration change begins before the last one is committed (§6, D §4.1). */
    readonly oneChangeAtATime: boolean;
    /** A leader commits an entry of its term before it changes the configuration (correction of D §4.1, 2015). */
    readonly currentTermBeforeChange: boolean;
    /** A server uses the newest configuration in its log, committed or not (§6); off, the newest committed one. */
    readonly configOnAppend: boolean;
    /** A learner counts in no majority (D §4.2.1). */
    readonly learnersDoNotVote: boolean;
    /** A snapshot covers committed and applied entries only (§7). */
    readonly snapshotOnlyCommitted: boolean;
    /** An older snapshot never replaces newer state (Figure 13). */
    readonly snapshotNotOlder: boolean;
    /** Entries that follow an installed snapshot and agree with it are kept (Figure 13, step 6). */
    readonly snapshotKeepsSuffix: boolean;
    /** The configuration is part of a snapshot (§7). */
    readonly snapshotCarriesConfig: boolean;
    /** Client sessions are part of a snapshot (D §6.3). Asked by whoever makes the snapshot's data. */
    readonly snapshotCarriesSessions: boolean;
    /** A read waits until the read index is applied (D §6.4). */
    readonly readWaitsApplied: boolean;
    /** A follower's linearizable read asks the leader for the read index (D §6.4). */
    readonly followerAsksLeader: boolean;
    /** A lease is shorter than the election timeout by the drift allowed (D §6.4.1). */
    readonly leaseBoundedByDrift: boolean;
    /** A repeated client request is applied once (D §6.3). Asked by the state machine. */
    readonly dedupRequests: boolean;
    /** A client hears of success only after commitment (§5.3). Asked by whoever serves clients. */
    readonly ackAfterCommit: boolean;
    /** A leader accepts no proposals while it transfers its leadership (D §3.10). */
    readonly transferStopsProposals: boolean;
    /** Leadership is transferred only to a server whose log has caught up (D §3.10). */
    readonly transferWaitsCaughtUp: boolean;
    /** A damaged record is found when it is read, and not taken for the end of the log (etcd's WAL). */
    readonly checksumRecords: boolean;
    /** A lease's end is an entry of the log, not a matter of each server's clock (etcd: lease/lessor.go). */
    readonly expireThroughLog: boolean;
    /** Election timeouts are chosen at random (§5.2); off, every server always waits for the shortest. */
    readonly randomisedTimeouts: boolean;
}
/** All rules on. */
export declare const CORRECT_RAFT: Rules;
/** The timers a server has. Durations are drawn by whoever runs it. */
export type TimerKind = "election" | "heartbeat";
