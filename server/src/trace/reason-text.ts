import type { Reason, ReasonCode } from "../raft/reason.js";
import { CORRECT_RAFT, type Rules } from "../raft/types.js";
import { ROLE_CODES } from "../sim/recorder.js";

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
