/**
 * Reasons: a code with integer arguments for each decision a person could ask about. Text is made from them
 * elsewhere, and only when somebody looks (trace/why). The order of {@link REASON_CODES} is part of the trace
 * format: append only.
 */
export const REASON_CODES = [
  // Roles and terms
  "election-timeout", // (term started) follower or candidate heard no leader in time (§5.2)
  "pre-vote-won", // (votes, needed) a majority would vote: start the term (D §9.6)
  "won-election", // (votes, needed) (§5.2)
  "higher-term-seen", // (their term, my term) any message of a higher term makes a follower (§5.1)
  "leader-of-term-seen", // (leader) a candidate hears the term's leader and follows (§5.2)
  "quorum-lost", // (active, needed) check-quorum: leader steps down (D §6.2)
  "restarted", // () came back with its durable state
  "forced-timeout", // (term started) `timeout` step
  "single-voter", // (term) a cluster of one elects itself
  // Votes
  "vote-granted", // (candidate, term)
  "vote-repeated", // (candidate, term) same vote as before in this term
  "vote-refused-stale-term", // (their term, my term) (§5.1)
  "vote-refused-already-voted", // (voted for, term) one vote per term (§5.2)
  "vote-refused-log-term-behind", // (their last term, my last term) (§5.4.1)
  "vote-refused-log-shorter", // (their last index, my last index) (§5.4.1)
  "vote-refused-leader-heard", // (leader, term) hears a leader: ignores candidates (§6, D §4.2.3)
  "vote-reply-stale-term", // (reply's term, my term)
  "vote-reply-not-candidate", // (role code)
  "vote-counted", // (votes so far, needed)
  "vote-denied", // (refusals so far, voters)
  "pre-vote-lost", // (refusals, voters)
  // AppendEntries at the follower
  "append-accepted", // (match index, entries new)
  "append-heartbeat", // (match index, leader commit)
  "append-refused-stale-term", // (their term, my term) (§5.1)
  "append-refused-gap", // (prevLogIndex, my last index) log too short (§5.3)
  "append-refused-conflict", // (prevLogIndex, my term there) (§5.3)
  "append-truncated", // (from index, removed) conflicting entries removed (§5.3)
  // AppendEntriesReply at the leader
  "reply-stale-term", // (reply's term, my term)
  "reply-not-leader", // (role code)
  "reply-nothing-new", // (match index)
  "match-advanced", // (follower, match index)
  "back-tracking", // (follower, next index) (§5.3)
  "commit-advanced", // (commit index, voters that hold it)
  "commit-waits-for-majority", // (index, voters that hold it)
  "commit-waits-for-current-term", // (index, its term) only current-term entries are committed by counting (§5.4.2)
  // Proposals and reads
  "proposal-appended", // (index, term)
  "not-leader", // (leader known or 0)
  "read-waits-for-heartbeats", // (round, read index) (D §6.4)
  "read-waits-for-no-op", // (commit index, first index of my term) (D §6.4)
  "read-confirmed", // (read index, voters that answered)
  "read-local", // (applied index) unsafe: no confirmation
  "leadership-lost", // (new term)
  "heartbeat-due", // (term)
  "check-quorum-passed", // (active, needed)
  "timer-ignored", // (role code)
  // Added since
  "started", // () first start
  "election-waits-for-disk", // (write, term) votes suffice, but the own vote is not durable yet (Figure 2)
  "append-from-second-leader", // (their id, term) a leader hears another leader of its own term: a rule or a disk is broken
  "higher-term-ignored", // (their term, my term) only with step-down-on-higher-term off
  "unknown-sender", // (their id) not in the configuration
  // Membership (§6, D §4)
  "not-a-voter", // (index of its configuration) no election: not a voter of the configuration in force here
  "configuration-appended", // (index, voters in it) a configuration entry is in the leader's log
  "configuration-refused-pending", // (index of the pending one, commit index) one change at a time (D §4.1)
  "configuration-refused-current-term", // (commit index, first index of my term) the correction of 2015
  "configuration-refused-many", // (servers that would change, 1: a joint one was asked for) several at once need joint consensus (§6)
  "configuration-refused-joint", // (index) the joint configuration must be left first
  "configuration-refused-not-joint", // () there is nothing to leave
  "configuration-refused-no-change", // (server, what it is: 0 no member, 1 voter, 2 learner) it is so already
  "configuration-refused-not-learner", // (server) only a learner can be promoted
  "configuration-refused-behind", // (server, its match index) a learner that lags is not promoted (D §4.2.1)
  "configuration-refused-no-voters", // () a cluster needs a voter
  "configuration-left-joint", // (index, voters) the leader leaves the joint configuration (§6)
  "leader-removed", // (index) the configuration without this leader is committed: it steps down (§6)
  // Leadership transfer (D §3.10)
  "transfer-started", // (target, its match index)
  "transfer-refused-self", // (target) it leads already
  "transfer-refused-not-voter", // (target)
  "transfer-refused-pending", // (target of the one under way)
  "transfer-sent", // (target, match index) TimeoutNow leaves
  "transfer-given-up", // (target) not done within an election timeout
  "proposal-refused-transfer", // (target) no proposals while leadership is handed over
  "timeout-now", // (term started) the leader asked for this election
  "timeout-now-ignored", // (role code) not a voter, or not a follower
  "timeout-now-reply", // (started: 0 or 1)
  // Snapshots (§7)
  "snapshot-taken", // (last included index, its term)
  "snapshot-needed", // (follower, next index) the entries it needs are gone
  "snapshot-next-chunk", // (follower, offset)
  "snapshot-chunk-kept", // (offset, bytes received)
  "snapshot-chunk-out-of-order", // (offset, bytes received)
  "snapshot-installed", // (last included index, its term)
  "snapshot-not-newer", // (last included index, commit index)
  "snapshot-refused-stale-term", // (their term, my term) (§5.1)
  "snapshot-accepted", // (follower, match index) at the leader
  "snapshot-progress", // (follower, bytes received) at the leader
  // Reads (D §6.4)
  "read-lease", // (read index, microseconds of lease left)
  "read-lease-expired", // (read index, round) no lease now: a heartbeat round is needed
  "read-forwarded", // (leader, context) a follower asks the leader
  "read-no-leader", // () a follower knows no leader to ask
  "read-waits-applied", // (read index, applied index)
  "read-index-answered", // (read index, asked by)
  "read-index-refused", // (asked by) this server does not lead
  "vote-refused-restarted", // (candidate, term) with lease reads: it may have acknowledged a lease before it restarted or forgot the leader
  // Added since
  "append-cut-behind", // (last entry of the message, removed) only with truncate-only-on-conflict off (§5.3)
  // Watches at their server (etcd: mvcc/watchable_store.go, etcdserver/api/v3rpc/watch.go)
  "watch-from-now", // (first revision it gets)
  "watch-from-future", // (first revision it gets, the store's)
  "watch-behind-past", // (first revision it wants, the store's) it asked for history
  "watch-behind-slow", // (first revision not sent, responses under way) its receiver does not keep up
  "watch-behind-snapshot", // (first revision not sent, the store's) a snapshot brought many changes at once
  "watch-compacted", // (first revision it wants, compact revision)
  "watch-range-empty", // ()
  "watch-refused-no-leader", // () it asked for a leader, and none is known here
  "watch-refused-learner", // ()
  "watch-ended-no-leader", // (looks in a row without a leader)
  "watch-progress-due", // (the store's revision)
  "watch-progress-asked", // (the store's revision)
  "watch-progress-unsynced", // (a watch that is not synced) no answer
  "watch-cancel-unknown", // () no answer
  "watch-known", // () the request to open it arrived again
  // Watches at their client (etcd: clientv3/watch.go)
  "watch-gap", // (response expected, response that came) the connection broke
  "watch-lost-tail", // (last response seen, last response sent)
  "watch-silent", // (server) nothing was heard from it for client-timeout
  "watch-forgotten", // (server) it does not know the connection
  "watch-other-life", // (server) it crashed and started again meanwhile
  "watch-refused", // (server, error: position in WATCH_ERRORS)
  "watch-unexpected", // (server) a response on a connection that was given up
  // Clients' requests that stay unanswered or are refused (etcd: clientv3/retry.go)
  "retry-silent", // (server that did not answer)
  "retry-silent-pinned", // (server that did not answer) only this one may be asked
  "retry-no-leader", // (server that knew no leader)
  "retry-learner", // (server) a learner answers next to nothing
  "retry-withheld", // (server that did not answer) a write that may have been executed
  "client-crashed", // () the client that waited for it is gone
] as const;

/** A reason's code. */
export type ReasonCode = (typeof REASON_CODES)[number];

/** A decision with its arguments, whose meaning stands beside the code in {@link REASON_CODES}. */
export interface Reason {
  readonly code: ReasonCode;
  readonly a: number;
  readonly b: number;
}

/** Makes a reason. */
export function reason(code: ReasonCode, a = 0, b = 0): Reason {
  return { code, a, b };
}
