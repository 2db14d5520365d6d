import { t } from "../l10n/text.js";
import type { Reason, ReasonCode } from "../raft/reason.js";
import { CORRECT_RAFT, type Rules } from "../raft/types.js";
import { CLIENT_SENTENCES } from "./client-reason-text.js";
import { CLUSTER_SENTENCES } from "./cluster-reason-text.js";
import { entries, servers, votes } from "./counts.js";
import { roleText } from "./role-text.js";

/** The name of an endpoint. */
export type Names = (id: number) => string;

/**
 * Says one reason with its arguments, whose meaning stands beside the code in `raft/reason.ts`. Where a rule is off, the
 * sentence must not claim what the rule would have made sure of.
 */
export type Sentence = (a: number, b: number, name: Names, rules: Rules) => string;

/**
 * A sentence for every reason, with the section of the Raft paper ("§") or of Ongaro's dissertation ("D §") that it comes
 * from. Exhaustive by type: a new code does not compile without its sentence.
 */
const SENTENCES: Readonly<Record<ReasonCode, Sentence>> = {
  "election-timeout": (term) =>
    t("it heard no leader within its election timeout, so it stands for term {0} (§5.2)", term),
  "pre-vote-won": (votes, needed) =>
    t("{0} would vote for it and {1} are needed, so it may begin the term (D §9.6)", servers(votes), needed),
  "won-election": (votes, needed, _name, rules) =>
    rules.majorityToWin
      ? t("{0} votes, and {1} are a majority (§5.2)", votes, needed)
      : t("{0} votes, and {1} are enough, majority or not: the rule majority-to-win is off (§5.2)", votes, needed),
  "higher-term-seen": (theirs, mine) =>
    t(
      "it met term {0}, higher than its own {1}: whoever sees a higher term takes it over and follows (§5.1)",
      theirs,
      mine,
    ),
  "leader-of-term-seen": (leader, _b, name) =>
    t("{0} is the leader of this term: there is nothing left to win (§5.2)", name(leader)),
  "quorum-lost": (active, needed) =>
    t(
      "as leader it heard from {0}, itself included, within an election timeout, and {1} are needed (D §6.2)",
      servers(active),
      needed,
    ),
  restarted: () => t("it came back with what was durable on its disk: term, vote and log (Figure 2)"),
  "forced-timeout": (term) => t("its election timeout was asked for, so it stands for term {0} (§5.2)", term),
  "single-voter": (term) => t("it is the only voter, so its own vote is a majority in term {0} (§5.2)", term),
  "vote-granted": (candidate, term, name, rules) => {
    const kept = rules.persistVote && rules.persistTerm;
    const first = kept ? t("it has not voted in term {0} yet", term) : t("it remembers no vote in term {0}", term);
    const vote = rules.oneVotePerTerm ? first : t("the rule one-vote-per-term is off");
    const log = rules.upToDateVote
      ? t("the log of {0} is at least as up-to-date as its own", name(candidate))
      : t("the rule up-to-date-vote is off, so the log of {0} does not matter", name(candidate));
    return t("{0}, and {1} (§5.2, §5.4.1)", vote, log);
  },
  "vote-repeated": (candidate, term, name) =>
    t("it voted for {0} in term {1} before, and says so again (§5.2)", name(candidate), term),
  "vote-refused-stale-term": (theirs, mine) =>
    t("the request is of term {0}, and this server is in term {1} already (§5.1)", theirs, mine),
  "vote-refused-already-voted": (votedFor, term, name) =>
    t("its vote of term {0} went to {1}, and there is one vote per term (§5.2)", term, name(votedFor)),
  "vote-refused-log-term-behind": (theirs, mine) =>
    t(
      "the candidate's log ends in term {0}, its own in term {1}: the candidate may lack committed entries (§5.4.1)",
      theirs,
      mine,
    ),
  "vote-refused-log-shorter": (theirs, mine) =>
    t(
      "both logs end in the same term, but the candidate's at entry {0} and its own at {1}: the candidate may lack committed entries (§5.4.1)",
      theirs,
      mine,
    ),
  "vote-refused-leader-heard": (leader, term, name) =>
    t("it hears {0}, the leader of term {1}, and so ignores candidates (§6, D §4.2.3)", name(leader), term),
  "vote-reply-stale-term": (theirs, mine) =>
    t("the vote is of term {0}, and this server counts votes of term {1}: it counts for nothing (§5.1)", theirs, mine),
  "vote-reply-not-candidate": (role) => t("it is {0} and counts no votes any more", roleText(role)),
  "vote-counted": (count, needed) => t("{0} so far, {1} are needed (§5.2)", votes(count), needed),
  "vote-denied": (refusals, voters) => t("{0} of {1} voters have refused so far", refusals, voters),
  "pre-vote-lost": (refusals, voters) =>
    t("{0} of {1} voters would refuse, so a majority is out of reach: no term is begun (D §9.6)", refusals, voters),
  "append-accepted": (match, added, _name, rules) => {
    if (added === 0)
      return t("it holds these entries already; its log agrees with the leader's up to {0} (§5.3)", match);
    const appended = added === 1 ? t("1 entry is appended") : t("{0} entries are appended", added);
    return rules.logMatchingCheck
      ? t("the entry before matches, so {0}; the log agrees with the leader's up to {1} (§5.3)", appended, match)
      : t(
          "{0} up to {1}, whether the entry before matches or not: the rule log-matching-check is off (§5.3)",
          appended,
          match,
        );
  },
  "append-heartbeat": (match, commit) =>
    t("a heartbeat: the logs agree up to {0}, the leader has committed {1} (§5.2)", match, commit),
  "append-refused-stale-term": (theirs, mine) =>
    t("the sender leads term {0}, and this server is in term {1} already: that leader is deposed (§5.1)", theirs, mine),
  "append-refused-gap": (previous, last) =>
    t("the entries would follow entry {0}, but this log ends at {1}: it would have a gap (§5.3)", previous, last),
  "append-refused-conflict": (previous, term) =>
    t(
      "entry {0} is of term {1} here and of another term at the leader, so the logs differ before the new entries (§5.3)",
      previous,
      term,
    ),
  "append-truncated": (from, removed) =>
    t(
      "entry {0} conflicts with the leader's, so it goes with all that follow it: {1} removed (§5.3)",
      from,
      entries(removed),
    ),
  "reply-stale-term": (theirs, mine) =>
    t("the reply is of term {0}, and this leader leads term {1}: it counts for nothing (§5.1)", theirs, mine),
  "reply-not-leader": (role) => t("it is {0} and replicates nothing any more", roleText(role)),
  "reply-nothing-new": (match) => t("the leader knew already that the logs agree up to {0}", match),
  "match-advanced": (follower, match, name) =>
    t("{0} holds the log up to {1} now, all of it committed before (§5.3)", name(follower), match),
  "back-tracking": (follower, next, name) =>
    t("the log of {0} differs, so the leader goes back and tries from entry {1} (§5.3)", name(follower), next),
  "commit-advanced": (commit, holders, _name, rules) => {
    if (!rules.majorityCommit) {
      return t("entry {0} was sent to a majority and counts as held: the rule majority-commit is off (§5.3)", commit);
    }
    return rules.currentTermCommit
      ? t(
          "entry {0} is of the leader's own term and on {1}, a majority: it is committed (§5.3, §5.4.2)",
          commit,
          servers(holders),
        )
      : t(
          "entry {0} is on {1}, a majority, and its term is not asked for: the rule current-term-commit is off (§5.4.2)",
          commit,
          servers(holders),
        );
  },
  "commit-waits-for-majority": (index, holders) =>
    t("entry {0} is on {1}, which is no majority yet (§5.3)", index, servers(holders)),
  "commit-waits-for-current-term": (index, term) =>
    t(
      "entry {0} is on a majority, but of the earlier term {1}: only entries of the leader's own term are committed by counting (§5.4.2)",
      index,
      term,
    ),
  "proposal-appended": (index, term) => t("the leader appends it as entry {0} of term {1} (§5.3)", index, term),
  "not-leader": (leader, _b, name) =>
    leader === 0
      ? t("only the leader serves this, and no leader is known here (§8)")
      : t("only the leader serves this, and that is {0} (§8)", name(leader)),
  "read-waits-for-heartbeats": (round, index) =>
    t(
      "before it answers from entry {0}, the leader makes sure by heartbeat round {1} that it still leads (§8, D §6.4)",
      index,
      round,
    ),
  "read-waits-for-no-op": (commit, first) =>
    t(
      "the leader knows commitment up to {0} only, and must commit entry {1}, the first of its term, before it serves reads (§8, D §6.4)",
      commit,
      first,
    ),
  "read-confirmed": (index, confirming, _name, rules) =>
    rules.confirmLeadership
      ? t("{0} confirmed the leader, so the read is served at entry {1} (§8, D §6.4)", servers(confirming), index)
      : t(
          "served at entry {0} without asking whether it still leads: the rule confirm-leadership is off (§8, D §6.4)",
          index,
        ),
  "read-local": (applied) =>
    t("answered from this server's own state, applied up to {0}, asking nobody: it may be stale (§8)", applied),
  "leadership-lost": (term) => t("leadership ended in term {0} before the answer was certain", term),
  "heartbeat-due": (term) => t("the leader of term {0} tells its followers that it is there (§5.2)", term),
  "check-quorum-passed": (active, needed) =>
    t("the leader heard from {0} servers, itself included, and {1} are needed: it goes on (D §6.2)", active, needed),
  "timer-ignored": (role) => t("it is {0}, for which this timer means nothing", roleText(role)),
  started: () => t("it starts as a follower (§5.2)"),
  "election-waits-for-disk": (_write, term) =>
    t("the votes suffice, but its own vote of term {0} is not durable yet (Figure 2)", term),
  "append-from-second-leader": (other, term, name) =>
    t(
      "{0} claims to lead term {1} too: two leaders in one term, so a rule or a disk is broken (§5.2)",
      name(other),
      term,
    ),
  "higher-term-ignored": (theirs, mine) =>
    t("it stays in term {0} though it met term {1}: the rule step-down-on-higher-term is off (§5.1)", mine, theirs),
  "unknown-sender": (other, _b, name) => t("{0} is not in the configuration", name(other)),
  "snapshot-taken": (index, term) =>
    t(
      "the state up to entry {0} of term {1} is kept as a snapshot, so the entries before are not needed (§7)",
      index,
      term,
    ),
  "snapshot-needed": (follower, next, name) =>
    t("{0} needs entry {1}, which is no longer in the leader's log: it gets the snapshot (§7)", name(follower), next),
  "snapshot-next-chunk": (follower, offset, name) =>
    offset === 0
      ? t("{0} has not answered the first chunk, so that is taken for lost and goes out again (§7)", name(follower))
      : t("the next chunk for {0}, from byte {1} (§7)", name(follower), offset),
  "snapshot-chunk-kept": (offset, received) =>
    t("the chunk from byte {0} is kept: {1} bytes so far (§7)", offset, received),
  "snapshot-chunk-out-of-order": (offset, received) =>
    t("the chunk begins at byte {0}, but only {1} bytes are here: there would be a gap (§7)", offset, received),
  "snapshot-installed": (index, term) =>
    t("the snapshot is complete, and the state machine goes on from entry {0} of term {1} (§7)", index, term),
  "snapshot-not-newer": (index, commit) =>
    t(
      "the snapshot ends at entry {0}, and this server has committed {1} already: it needs nothing of it (§7)",
      index,
      commit,
    ),
  "snapshot-refused-stale-term": (theirs, mine) =>
    t(
      "the snapshot comes from the leader of term {0}, and this server is in term {1} already: that leader is deposed (§5.1)",
      theirs,
      mine,
    ),
  "snapshot-accepted": (follower, match, name) =>
    t("{0} holds the snapshot, and its log agrees up to {1}: entries follow again (§7)", name(follower), match),
  "snapshot-progress": (follower, received, name) =>
    t("{0} has {1} bytes of the snapshot (§7)", name(follower), received),
  "read-lease": (index, left) =>
    t(
      "the leader's lease lasts another {0} µs by its clock, so nobody else leads: served at entry {1} without a round (D §6.4.1)",
      left,
      index,
    ),
  "read-lease-expired": (index, round) =>
    t(
      "the leader has no lease now, so heartbeat round {0} must confirm it before it answers from entry {1} (D §6.4.1)",
      round,
      index,
    ),
  "read-forwarded": (leader, _context, name) =>
    t("a follower asks the leader, {0}, for the read index (D §6.4)", name(leader)),
  "read-no-leader": () => t("it knows no leader to ask for the read index (D §6.4)"),
  "read-waits-applied": (index, applied) =>
    t(
      "the read index is {0}, and this server has applied up to {1}: the read waits for the rest (D §6.4)",
      index,
      applied,
    ),
  "read-index-answered": (index, asker, name) =>
    t("{0} may serve its read once entry {1} is applied (D §6.4)", name(asker), index),
  "read-index-refused": (other, _b, name) =>
    t("there is no read index from or for {0}: leadership is not certain (D §6.4)", name(other)),
  "vote-refused-restarted": (_candidate, term) =>
    t(
      "it may have acknowledged a leader's lease before it restarted or forgot that leader: no vote in term {0} until its election timer has run (D §6.4.1)",
      term,
    ),
  "append-cut-behind": (last, removed) =>
    t(
      "the message ends at entry {0}, and what stands behind it goes though nothing conflicts, {1}: the rule truncate-only-on-conflict is off (§5.3)",
      last,
      entries(removed),
    ),
  ...CLUSTER_SENTENCES,
  ...CLIENT_SENTENCES,
};

/** A reason in words, as it was decided under `rules`. */
export function reasonText(reason: Reason, names: Names, rules: Rules = CORRECT_RAFT): string {
  return SENTENCES[reason.code](reason.a, reason.b, names, rules);
}
