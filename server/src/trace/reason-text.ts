import type { Reason, ReasonCode } from "../raft/reason.js";
import { CORRECT_RAFT, type Rules } from "../raft/types.js";
import { ROLE_CODES } from "../sim/recorder.js";
import { CLIENT_SENTENCES } from "./client-reason-text.js";

/** The name of an endpoint. */
export type Names = (id: number) => string;

/**
 * Says one reason with its arguments, whose meaning stands beside the code in `raft/reason.ts`. Where a rule is off, the
 * sentence must not claim what the rule would have made sure of.
 */
type Sentence = (a: number, b: number, name: Names, rules: Rules) => string;

/**
 * A sentence for every reason, with the section of the Raft paper ("§") or of Ongaro's dissertation ("D §") that it comes
 * from. Exhaustive by type: a new code does not compile without its sentence.
 */
const SENTENCES: Readonly<Record<ReasonCode, Sentence>> = {
  "election-timeout": (term) => `it heard no leader within its election timeout, so it stands for term ${term} (§5.2)`,
  "pre-vote-won": (votes, needed) =>
    `${votes} ${plural(votes, "server")} would vote for it and ${needed} are needed, so it may begin the term (D §9.6)`,
  "won-election": (votes, needed, _name, rules) =>
    rules.majorityToWin
      ? `${votes} votes, and ${needed} are a majority (§5.2)`
      : `${votes} votes, and ${needed} are enough, majority or not: the rule majority-to-win is off (§5.2)`,
  "higher-term-seen": (theirs, mine) =>
    `it met term ${theirs}, higher than its own ${mine}: whoever sees a higher term takes it over and follows (§5.1)`,
  "leader-of-term-seen": (leader, _b, name) =>
    `${name(leader)} is the leader of this term: there is nothing left to win (§5.2)`,
  "quorum-lost": (active, needed) =>
    `as leader it heard from ${active} ${plural(active, "server")}, itself included, within an election timeout, and ${needed} are needed (D §6.2)`,
  restarted: () => "it came back with what was durable on its disk: term, vote and log (Figure 2)",
  "forced-timeout": (term) => `its election timeout was asked for, so it stands for term ${term} (§5.2)`,
  "single-voter": (term) => `it is the only voter, so its own vote is a majority in term ${term} (§5.2)`,
  "vote-granted": (candidate, term, name, rules) => {
    const kept = rules.persistVote && rules.persistTerm;
    const first = kept ? `it has not voted in term ${term} yet` : `it remembers no vote in term ${term}`;
    const vote = rules.oneVotePerTerm ? first : "the rule one-vote-per-term is off";
    const log = rules.upToDateVote
      ? `the log of ${name(candidate)} is at least as up-to-date as its own`
      : `the rule up-to-date-vote is off, so the log of ${name(candidate)} does not matter`;
    return `${vote}, and ${log} (§5.2, §5.4.1)`;
  },
  "vote-repeated": (candidate, term, name) =>
    `it voted for ${name(candidate)} in term ${term} before, and says so again (§5.2)`,
  "vote-refused-stale-term": (theirs, mine) =>
    `the request is of term ${theirs}, and this server is in term ${mine} already (§5.1)`,
  "vote-refused-already-voted": (votedFor, term, name) =>
    `its vote of term ${term} went to ${name(votedFor)}, and there is one vote per term (§5.2)`,
  "vote-refused-log-term-behind": (theirs, mine) =>
    `the candidate's log ends in term ${theirs}, its own in term ${mine}: the candidate may lack committed entries (§5.4.1)`,
  "vote-refused-log-shorter": (theirs, mine) =>
    `both logs end in the same term, but the candidate's at entry ${theirs} and its own at ${mine}: the candidate may lack committed entries (§5.4.1)`,
  "vote-refused-leader-heard": (leader, term, name) =>
    `it hears ${name(leader)}, the leader of term ${term}, and so ignores candidates (§6, D §4.2.3)`,
  "vote-reply-stale-term": (theirs, mine) =>
    `the vote is of term ${theirs}, and this server counts votes of term ${mine}: it counts for nothing (§5.1)`,
  "vote-reply-not-candidate": (role) => `it is ${roleText(role)} and counts no votes any more`,
  "vote-counted": (votes, needed) => `${votes} ${plural(votes, "vote")} so far, ${needed} are needed (§5.2)`,
  "vote-denied": (refusals, voters) => `${refusals} of ${voters} voters have refused so far`,
  "pre-vote-lost": (refusals, voters) =>
    `${refusals} of ${voters} voters would refuse, so a majority is out of reach: no term is begun (D §9.6)`,
  "append-accepted": (match, added, _name, rules) => {
    if (added === 0) return `it holds these entries already; its log agrees with the leader's up to ${match} (§5.3)`;
    const entries = `${added} ${plural(added, "entry is", "entries are")} appended`;
    return rules.logMatchingCheck
      ? `the entry before matches, so ${entries}; the log agrees with the leader's up to ${match} (§5.3)`
      : `${entries} up to ${match}, whether the entry before matches or not: the rule log-matching-check is off (§5.3)`;
  },
  "append-heartbeat": (match, commit) =>
    `a heartbeat: the logs agree up to ${match}, the leader has committed ${commit} (§5.2)`,
  "append-refused-stale-term": (theirs, mine) =>
    `the sender leads term ${theirs}, and this server is in term ${mine} already: that leader is deposed (§5.1)`,
  "append-refused-gap": (previous, last) =>
    `the entries would follow entry ${previous}, but this log ends at ${last}: it would have a gap (§5.3)`,
  "append-refused-conflict": (previous, term) =>
    `entry ${previous} is of term ${term} here and of another term at the leader, so the logs differ before the new entries (§5.3)`,
  "append-truncated": (from, removed) =>
    `entry ${from} conflicts with the leader's, so it goes with all that follow it: ${removed} ${plural(removed, "entry", "entries")} removed (§5.3)`,
  "reply-stale-term": (theirs, mine) =>
    `the reply is of term ${theirs}, and this leader leads term ${mine}: it counts for nothing (§5.1)`,
  "reply-not-leader": (role) => `it is ${roleText(role)} and replicates nothing any more`,
  "reply-nothing-new": (match) => `the leader knew already that the logs agree up to ${match}`,
  "match-advanced": (follower, match, name) =>
    `${name(follower)} holds the log up to ${match} now, all of it committed before (§5.3)`,
  "back-tracking": (follower, next, name) =>
    `the log of ${name(follower)} differs, so the leader goes back and tries from entry ${next} (§5.3)`,
  "commit-advanced": (commit, voters, _name, rules) => {
    if (!rules.majorityCommit) {
      return `entry ${commit} was sent to a majority and counts as held: the rule majority-commit is off (§5.3)`;
    }
    return rules.currentTermCommit
      ? `entry ${commit} is of the leader's own term and on ${voters} ${plural(voters, "server")}, a majority: it is committed (§5.3, §5.4.2)`
      : `entry ${commit} is on ${voters} ${plural(voters, "server")}, a majority, and its term is not asked for: the rule current-term-commit is off (§5.4.2)`;
  },
  "commit-waits-for-majority": (index, voters) =>
    `entry ${index} is on ${voters} ${plural(voters, "server")}, which is no majority yet (§5.3)`,
  "commit-waits-for-current-term": (index, term) =>
    `entry ${index} is on a majority, but of the earlier term ${term}: only entries of the leader's own term are committed by counting (§5.4.2)`,
  "proposal-appended": (index, term) => `the leader appends it as entry ${index} of term ${term} (§5.3)`,
  "not-leader": (leader, _b, name) =>
    leader === 0
      ? "only the leader serves this, and no leader is known here (§8)"
      : `only the leader serves this, and that is ${name(leader)} (§8)`,
  "read-waits-for-heartbeats": (round, index) =>
    `before it answers from entry ${index}, the leader makes sure by heartbeat round ${round} that it still leads (§8, D §6.4)`,
  "read-waits-for-no-op": (commit, first) =>
    `the leader knows commitment up to ${commit} only, and must commit entry ${first}, the first of its term, before it serves reads (§8, D §6.4)`,
  "read-confirmed": (index, voters, _name, rules) =>
    rules.confirmLeadership
      ? `${voters} ${plural(voters, "server")} confirmed the leader, so the read is served at entry ${index} (§8, D §6.4)`
      : `served at entry ${index} without asking whether it still leads: the rule confirm-leadership is off (§8, D §6.4)`,
  "read-local": (applied) =>
    `answered from this server's own state, applied up to ${applied}, asking nobody: it may be stale (§8)`,
  "leadership-lost": (term) => `leadership ended in term ${term} before the answer was certain`,
  "heartbeat-due": (term) => `the leader of term ${term} tells its followers that it is there (§5.2)`,
  "check-quorum-passed": (active, needed) =>
    `the leader heard from ${active} servers, itself included, and ${needed} are needed: it goes on (D §6.2)`,
  "timer-ignored": (role) => `it is ${roleText(role)}, for which this timer means nothing`,
  started: () => "it starts as a follower (§5.2)",
  "election-waits-for-disk": (_write, term) =>
    `the votes suffice, but its own vote of term ${term} is not durable yet (Figure 2)`,
  "append-from-second-leader": (other, term, name) =>
    `${name(other)} claims to lead term ${term} too: two leaders in one term, so a rule or a disk is broken (§5.2)`,
  "higher-term-ignored": (theirs, mine) =>
    `it stays in term ${mine} though it met term ${theirs}: the rule step-down-on-higher-term is off (§5.1)`,
  "unknown-sender": (other, _b, name) => `${name(other)} is not in the configuration`,
  "not-a-voter": (index) =>
    index === 0
      ? "it is no voter of its configuration, so it stands for no election (§6)"
      : `it is no voter of the configuration of entry ${index}, so it stands for no election (§6)`,
  "configuration-appended": (index, voters, _name, rules) =>
    `the leader appends the new configuration, with ${voters} ${plural(voters, "voter")}, as entry ${index}${
      rules.configOnAppend
        ? ", and uses it from now on (§6)"
        : "; it will use it once that is committed: the rule config-on-append is off (§6)"
    }`,
  "configuration-refused-pending": (index, commit) =>
    `the configuration of entry ${index} is not committed yet (commit index ${commit}), and only one change is made at a time (§6, D §4.1)`,
  "configuration-refused-current-term": (commit, first) =>
    `the leader has committed up to ${commit}, and must commit entry ${first}, the first of its term, before it changes the configuration (D §4.1, corrected in 2015)`,
  "configuration-refused-many": (changed, explicit) =>
    explicit === 1
      ? "a joint configuration was asked for, and only with `membership joint` there are any (§6)"
      : `${changed} voters would change at once, and without joint consensus it may be one (D §4.1)`,
  "configuration-refused-joint": (index) =>
    `the joint configuration of entry ${index} must be left before another change begins (§6)`,
  "configuration-refused-not-joint": () => "the configuration is not a joint one: there is nothing to leave (§6)",
  "configuration-refused-no-change": (server, part, name) => {
    if (server === 0) return "these are the voters already";
    if (part === 0) return `${name(server)} does not belong to the configuration`;
    return `${name(server)} is a ${part === 1 ? "voter" : "learner"} already`;
  },
  "configuration-refused-not-learner": (server, _b, name) =>
    `${name(server)} is no learner, and only a learner is promoted (D §4.2.1)`,
  "configuration-refused-behind": (server, match, name) =>
    `the log of ${name(server)} agrees with the leader's only up to ${match}: as a voter it would hold up commitment (D §4.2.1)`,
  "configuration-refused-no-voters": () => "the last voter cannot leave: nobody could commit anything any more (§6)",
  "configuration-left-joint": (index, voters) =>
    `the joint configuration is committed, so the leader appends the new one, with ${voters} ${plural(voters, "voter")}, as entry ${index} (§6)`,
  "leader-removed": (index) =>
    `the configuration of entry ${index} is committed, and this leader is not part of it: it steps down (§6)`,
  "transfer-started": (target, match, name, rules) =>
    `leadership goes to ${name(target)}, whose log agrees up to ${match}; ${
      rules.transferStopsProposals
        ? "no proposals meanwhile"
        : "proposals are taken all the same: the rule transfer-stops-proposals is off"
    } (D §3.10)`,
  "transfer-refused-self": (target, _b, name) => `${name(target)} leads already (D §3.10)`,
  "transfer-refused-not-voter": (target, _b, name) => `${name(target)} is no voter and cannot lead (D §3.10)`,
  "transfer-refused-pending": (target, _b, name) => `leadership is on its way to ${name(target)} already (D §3.10)`,
  "transfer-sent": (target, match, name, rules) =>
    rules.transferWaitsCaughtUp
      ? `the log of ${name(target)} is complete up to ${match}: it is told to stand for election at once (D §3.10)`
      : `${name(target)} is told to stand for election at once, whatever its log lacks: the rule transfer-waits-caught-up is off (D §3.10)`,
  "transfer-given-up": (target, _b, name) =>
    `${name(target)} did not take over within an election timeout: the leader goes on leading (D §3.10)`,
  "proposal-refused-transfer": (target, _b, name) =>
    `leadership is being handed to ${name(target)}: no proposals until that is decided (D §3.10)`,
  "timeout-now": (term) => `the leader asked it to stand at once, for term ${term} (D §3.10)`,
  "timeout-now-ignored": (role) =>
    `it is ${roleText(role)} that cannot stand for election now, so it ignores the leader's wish (D §3.10)`,
  "timeout-now-reply": (started) =>
    started === 1 ? "the election has been started (D §3.10)" : "no election was started (D §3.10)",
  "snapshot-taken": (index, term) =>
    `the state up to entry ${index} of term ${term} is kept as a snapshot, so the entries before are not needed (§7)`,
  "snapshot-needed": (follower, next, name) =>
    `${name(follower)} needs entry ${next}, which is no longer in the leader's log: it gets the snapshot (§7)`,
  "snapshot-next-chunk": (follower, offset, name) =>
    offset === 0
      ? `${name(follower)} has not answered the first chunk, so that is taken for lost and goes out again (§7)`
      : `the next chunk for ${name(follower)}, from byte ${offset} (§7)`,
  "snapshot-chunk-kept": (offset, received) => `the chunk from byte ${offset} is kept: ${received} bytes so far (§7)`,
  "snapshot-chunk-out-of-order": (offset, received) =>
    `the chunk begins at byte ${offset}, but only ${received} bytes are here: there would be a gap (§7)`,
  "snapshot-installed": (index, term) =>
    `the snapshot is complete, and the state machine goes on from entry ${index} of term ${term} (§7)`,
  "snapshot-not-newer": (index, commit) =>
    `the snapshot ends at entry ${index}, and this server has committed ${commit} already: it needs nothing of it (§7)`,
  "snapshot-refused-stale-term": (theirs, mine) =>
    `the snapshot comes from the leader of term ${theirs}, and this server is in term ${mine} already: that leader is deposed (§5.1)`,
  "snapshot-accepted": (follower, match, name) =>
    `${name(follower)} holds the snapshot, and its log agrees up to ${match}: entries follow again (§7)`,
  "snapshot-progress": (follower, received, name) => `${name(follower)} has ${received} bytes of the snapshot (§7)`,
  "read-lease": (index, left) =>
    `the leader's lease lasts another ${left} µs by its clock, so nobody else leads: served at entry ${index} without a round (D §6.4.1)`,
  "read-lease-expired": (index, round) =>
    `the leader has no lease now, so heartbeat round ${round} must confirm it before it answers from entry ${index} (D §6.4.1)`,
  "read-forwarded": (leader, _context, name) =>
    `a follower asks the leader, ${name(leader)}, for the read index (D §6.4)`,
  "read-no-leader": () => "it knows no leader to ask for the read index (D §6.4)",
  "read-waits-applied": (index, applied) =>
    `the read index is ${index}, and this server has applied up to ${applied}: the read waits for the rest (D §6.4)`,
  "read-index-answered": (index, asker, name) =>
    `${name(asker)} may serve its read once entry ${index} is applied (D §6.4)`,
  "read-index-refused": (other, _b, name) =>
    `there is no read index from or for ${name(other)}: leadership is not certain (D §6.4)`,
  "vote-refused-restarted": (_candidate, term) =>
    `it may have acknowledged a leader's lease before it restarted or forgot that leader: no vote in term ${term} until its election timer has run (D §6.4.1)`,
  "append-cut-behind": (last, removed) =>
    `the message ends at entry ${last}, and what stands behind it goes though nothing conflicts, ${removed} ${plural(removed, "entry", "entries")}: the rule truncate-only-on-conflict is off (§5.3)`,
  ...CLIENT_SENTENCES,
};

/** A reason in words, as it was decided under `rules`. */
export function reasonText(reason: Reason, names: Names, rules: Rules = CORRECT_RAFT): string {
  return SENTENCES[reason.code](reason.a, reason.b, names, rules);
}

/** The role behind its code in a reason or trace word, with its article. */
export function roleText(code: number): string {
  return `a ${ROLE_CODES[code] ?? "follower"}`;
}

/** `1 vote`, `2 votes`: the noun that goes with a count. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? one : many;
}
