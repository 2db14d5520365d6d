/**
 * The vocabulary of the protocol: terms, indices, entries, roles, durable state (Raft paper, Figure 2).
 */

/** A server's number within its cluster, from 1. Names are the business of whoever runs the servers. */
export type ServerId = number;

/** "Nobody": no vote, no known leader. */
export const NONE: ServerId = 0;

/** Election term, from 0 (before the first election); §5.1. */
export type Term = number;

/** Position in the log, from 1; 0 is "before the first entry"; §5.3. */
export type Index = number;

/** A server's role; `pre-candidate` asks whether it could win before it starts a term (dissertation §9.6). */
export type Role = (typeof ROLES)[number];

/** All roles; a role's position is its number where only integers fit (reasons, traces). Append only. */
export const ROLES = ["follower", "pre-candidate", "candidate", "leader"] as const;

/** A role's position in {@link ROLES}. */
export function roleCode(role: Role): number {
  return ROLES.indexOf(role);
}

/**
 * A log entry. Entries are immutable and shared by reference between servers, messages and disks.
 * `no-op` opens a leader's term (dissertation §6.4).
 */
export type Entry<C> =
  | { readonly kind: "no-op"; readonly term: Term }
  | { readonly kind: "command"; readonly term: Term; readonly command: C };

/** What must be durable before it is spoken, besides the log (Figure 2, "Persistent state"). */
export interface HardState {
  readonly term: Term;
  /** The candidate that got this server's vote in `term`, or {@link NONE}. */
  readonly vote: ServerId;
}

/** How a server is set up. It never changes while the server runs. */
export interface RaftConfig {
  readonly id: ServerId;
  /** All voters, this server among them, in ascending order. */
  readonly voters: readonly ServerId[];
  /** Ask before starting a term (dissertation §9.6). */
  readonly preVote: boolean;
  /**
   * A leader that hears no majority within an election timeout steps down, and a server that hears a leader
   * refuses others (dissertation §6.2, §4.2.3).
   */
  readonly checkQuorum: boolean;
  /** `read-index` confirms leadership by a heartbeat round; `local` answers at once and is unsafe (dissertation §6.4). */
  readonly reads: "read-index" | "local";
  /** Most entries in one AppendEntries. */
  readonly appendLimit: number;
  /** Most unanswered AppendEntries with entries per follower. */
  readonly inflight: number;
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
  /** A follower's commit index never passes the last entry it knows to agree (Figure 2, "index of last new entry"). */
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
}

/** All rules on. */
export const CORRECT_RAFT: Rules = {
  oneVotePerTerm: true,
  persistVote: true,
  persistTerm: true,
  keepVoteOnLeader: true,
  countVotesOnce: true,
  votesOfThisTerm: true,
  majorityToWin: true,
  upToDateVote: true,
  refuseWhileLeaderHeard: true,
  stepDownOnHigherTerm: true,
  ignoreStaleTerms: true,
  logMatchingCheck: true,
  truncateOnConflict: true,
  truncateOnlyOnConflict: true,
  leaderAppendOnly: true,
  currentTermCommit: true,
  majorityCommit: true,
  commitWithinMatch: true,
  ackWhatWasChecked: true,
  resetMatchOnElection: true,
  repliesOfThisTerm: true,
  durableBeforeAck: true,
  leaderDurableBeforeCount: true,
  noOpOnElection: true,
  confirmLeadership: true,
  readAfterNoOp: true,
  resetTimerOnGrantOnly: true,
  preVoteCarriesTerm: true,
};

/** The timers a server has. Durations are drawn by whoever runs it. */
export type TimerKind = "election" | "heartbeat";
