import type { ConfigurationLog, PlacedConfiguration } from "./configuration.js";
import type { Reason } from "./reason.js";
import type { Configuration, Index, RaftConfig, Role, Rules, ServerId, Snapshot, Term } from "./types.js";
/**
 * The rules of Raft, each a predicate that the protocol asks in one place, with the section that states it.
 * A {@link Rules} flag that is off makes its predicate give the answer of an implementation that forgot the rule.
 */
/** §5.2: in a term a server has one vote, for whoever asks first. Asked again by the same, it says the same. */
export declare function mayVoteFor(rules: Rules, votedFor: ServerId, candidate: ServerId): boolean;
/**
 * §5.4.1: of two logs the one that ends in the later term is more up-to-date, and of two that end in one term the longer.
 * Returns why the candidate's log is behind the voter's, or `null` when it is at least as up-to-date.
 */
export declare function logBehind(rules: Rules, candidateLastTerm: Term, candidateLastIndex: Index, lastTerm: Term, lastIndex: Index): Reason | null;
/**
 * D §4.2.3 (§6): who has heard a leader within the least election timeout gives its vote to nobody else, and takes over no
 * term from who asks for it.
 *
 * This machine has no clock. A leader counts as heard from a valid AppendEntries until the election timer that this
 * AppendEntries restarted fires here, and then `leader` is forgotten: so a known leader is one that was heard. That is
 * never shorter than the least election timeout, so the promise behind the rule holds; it may be longer, so that
 * an election after a crash may have to wait until a majority has missed the leader. A leader hears itself.
 */
export declare function refusesWhileLeaderHeard(rules: Rules, leader: ServerId, candidate: ServerId): boolean;
/** A voter counts once, whether the network repeats its reply or not. */
export declare function countsVote(rules: Rules, answeredBefore: boolean): boolean;
/** §5.2: a vote is given in one term and counts in that term only. */
export declare function voteIsOfThisTerm(rules: Rules, replyTerm: Term, term: Term): boolean;
/** §5.1: whoever stands or leads and learns of a later term becomes a follower. The flag is about leaders. */
export declare function followsHigherTerm(rules: Rules, role: Role): boolean;
/** §5.1: a request of an earlier term is refused. Asked for AppendEntries. */
export declare function refusesStaleLeader(rules: Rules, leaderTerm: Term, term: Term): boolean;
/**
 * §5.3: a follower takes entries only behind one that its log holds at prevLogIndex with prevLogTerm. `termThere` is the
 * follower's term at prevLogIndex, 0 before the first entry. The flag forgives a wrong term, not a gap: a log with a hole
 * cannot be kept.
 */
export declare function prevLogMatches(rules: Rules, prevLogIndex: Index, prevLogTerm: Term, lastIndex: Index, termThere: Term): boolean;
/** §5.4.2: a leader counts the holders of entries of its own term only; those before them are committed with them. */
export declare function mayCommitByCounting(rules: Rules, entryTerm: Term, term: Term): boolean;
/** The last index a follower counts as holding: what it acknowledged (matchIndex), not what was sent (nextIndex - 1). */
export declare function heldByFollower(rules: Rules, match: Index, next: Index): Index;
/** D §10.2.1: the leader writes in parallel with its followers, and counts its own copy once it is durable. */
export declare function heldByLeader(rules: Rules, durableIndex: Index, lastIndex: Index): Index;
/** Figure 2, AppendEntries, step 5: a follower commits as far as the leader does, but not past what the message covers. */
export declare function followerCommit(rules: Rules, leaderCommit: Index, lastNewEntry: Index, lastIndex: Index): Index;
/** What a success acknowledges: as far as the consistency check and the entries sent reach, and nothing behind it. */
export declare function acknowledged(rules: Rules, lastNewEntry: Index, lastIndex: Index): Index;
/** Up to where a follower may acknowledge its log at once: as far as that is durable (Figure 2, persistent state). */
export declare function acknowledgedAtOnce(rules: Rules, durableIndex: Index, lastIndex: Index): Index;
/** A reply of an earlier term speaks of another leadership, perhaps of entries that are gone. */
export declare function replyIsOfThisTerm(rules: Rules, replyTerm: Term, term: Term): boolean;
/** D §6.4: a new leader does not know what is committed until it has committed an entry of its own term. */
export declare function knowsCommitIndex(rules: Rules, commitIndex: Index, firstIndexOfTerm: Index): boolean;
/** D §6.4: before it answers a read, a leader makes sure that no later one has taken its place. A server alone knows. */
export declare function mustConfirmLeadership(rules: Rules, alone: boolean): boolean;
/** §6: the newest configuration in a server's log is in force there, committed or not. */
export declare function configurationInForce(rules: Rules, configurations: ConfigurationLog, commitIndex: Index): PlacedConfiguration;
/** D §4.1: one change at a time; the next one waits until the last one's entry is committed. */
export declare function mayBeginChange(rules: Rules, newestConfiguration: Index, commitIndex: Index): boolean;
/** The correction to D §4.1 of 2015: before its first configuration entry a leader commits an entry of its own term. */
export declare function mayChangeInTerm(rules: Rules, commitIndex: Index, firstIndexOfTerm: Index): boolean;
/**
 * §6, D §4.1: majorities of two configurations that differ in one server overlap; for more the change goes through joint
 * consensus (Figure 10). `changed` counts the servers that are a voter in one of the two only.
 */
export declare function mayChangeAtOnce(rules: Rules, membership: RaftConfig["membership"], changed: number): boolean;
/** D §4.2.1: a learner is promoted once it has caught up; etcd's measure is nine tenths of the leader's log. */
export declare function caughtUpToPromote(match: Index, lastIndex: Index): boolean;
/** D §3.10: a leader takes no client's requests while it hands its leadership over. */
export declare function refusesProposals(rules: Rules, transferee: ServerId): boolean;
/** D §3.10: the target of a transfer is told to stand once its log is the leader's own. */
export declare function mayTransferTo(rules: Rules, match: Index, lastIndex: Index): boolean;
/** D §6.4: a follower serves a read at an index that the leader names for it, not at its own commit index. */
export declare function followerMustAsk(rules: Rules): boolean;
/** D §6.4: a read is served, by leader or follower, once the state machine has come as far as the read index. */
export declare function servesReadAt(rules: Rules, index: Index, applied: Index): boolean;
/**
 * How long a lease lasts from the beginning of the round that extended it, in microseconds of the leader's clock (D §6.4.1):
 * the least election timeout `base`, less what clocks may differ by. With every clock off by the share `drift` at most, the
 * leader's may be slow and a voter's fast.
 */
export declare function leaseLength(rules: Rules, base: number, drift: number): number;
/** §7: a snapshot holds what was applied; an entry that is not committed may still vanish. */
export declare function snapshotReach(rules: Rules, appliedIndex: Index, lastIndex: Index): Index;
/** etcd's WAL: each record carries a checksum, and a server that finds one that does not match refuses to start. */
export declare function findsDamage(rules: Rules): boolean;
/** §5.2: each election timeout is drawn anew from a range, so that votes seldom split. Asked by whoever sets the timer. */
export declare function electionTimeoutIsRandom(rules: Rules): boolean;
/** Figure 13, §7: what a snapshot covers and this server has committed already it need not take from others. */
export declare function snapshotIsNewer(rules: Rules, lastIncludedIndex: Index, commitIndex: Index): boolean;
/** Figure 13, step 6: a log that holds the snapshot's last entry keeps what follows it. */
export declare function keepsSuffix(rules: Rules, holdsLastIncluded: boolean): boolean;
/** §7: a snapshot brings the configuration as of its last entry; off, a server goes on with the one it `knew`. */
export declare function configurationAfter(rules: Rules, snapshot: Snapshot, knew: Configuration): Configuration;
/** §5.3: a client hears of success once its entry is committed and applied; off, as soon as the leader has appended it. */
export declare function acknowledgesAfterCommit(rules: Rules): boolean;
/** D §6.3: with `sessions`, a state machine remembers each client's newest request, and answers it again without executing it. */
export declare function remembersRequests(rules: Rules, sessions: boolean): boolean;
/** etcd's lessor: what the leader finds to be over it revokes through the log; nobody ends a lease by himself. */
export declare function expiresThroughLog(rules: Rules): boolean;
