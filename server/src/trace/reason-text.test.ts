import { expect, test } from "vitest";
import { REASON_CODES, reason } from "../raft/reason.js";
import { CORRECT_RAFT } from "../raft/types.js";
import { reasonText } from "./reason-text.js";

const names = (id: number): string => `s${id}`;

// Arguments that a server could give, by code; the rest get 2 and 3.
const ARGUMENTS: Readonly<Record<string, readonly [number, number]>> = {
  "vote-reply-not-candidate": [3, 0],
  "reply-not-leader": [0, 0],
  "timer-ignored": [3, 0],
  "higher-term-seen": [3, 2],
  "append-refused-gap": [5, 3],
};

test.each(REASON_CODES)("%s is a sentence of its own that says its arguments", (code) => {
  const [a, b] = ARGUMENTS[code] ?? [2, 3];
  const text = reasonText(reason(code, a, b), names);
  expect(text).not.toMatch(/undefined|NaN|[.!]$|^[A-Z]/);
  expect(text.length).toBeGreaterThan(20);
  const others = REASON_CODES.filter((other) => other !== code && reasonText(reason(other, a, b), names) === text);
  expect(others).toEqual([]);
});

test("every sentence, as a student reads it", () => {
  const table = REASON_CODES.map((code) => {
    const [a, b] = ARGUMENTS[code] ?? [2, 3];
    return `${code}: ${reasonText(reason(code, a, b), names)}`;
  });
  expect(table.join("\n")).toMatchInlineSnapshot(`
    "election-timeout: it heard no leader within its election timeout, so it stands for term 2 (§5.2)
    pre-vote-won: 2 servers would vote for it and 3 are needed, so it may begin the term (D §9.6)
    won-election: 2 votes, and 3 are a majority (§5.2)
    higher-term-seen: it met term 3, higher than its own 2: whoever sees a higher term takes it over and follows (§5.1)
    leader-of-term-seen: s2 is the leader of this term: there is nothing left to win (§5.2)
    quorum-lost: as leader it heard from 2 servers, itself included, within an election timeout, and 3 are needed (D §6.2)
    restarted: it came back with what was durable on its disk: term, vote and log (Figure 2)
    forced-timeout: its election timeout was asked for, so it stands for term 2 (§5.2)
    single-voter: it is the only voter, so its own vote is a majority in term 2 (§5.2)
    vote-granted: it has not voted in term 3 yet, and the log of s2 is at least as up-to-date as its own (§5.2, §5.4.1)
    vote-repeated: it voted for s2 in term 3 before, and says so again (§5.2)
    vote-refused-stale-term: the request is of term 2, and this server is in term 3 already (§5.1)
    vote-refused-already-voted: its vote of term 3 went to s2, and there is one vote per term (§5.2)
    vote-refused-log-term-behind: the candidate's log ends in term 2, its own in term 3: the candidate may lack committed entries (§5.4.1)
    vote-refused-log-shorter: both logs end in the same term, but the candidate's at entry 2 and its own at 3: the candidate may lack committed entries (§5.4.1)
    vote-refused-leader-heard: it hears s2, the leader of term 3, and so ignores candidates (§6, D §4.2.3)
    vote-reply-stale-term: the vote is of term 2, and this server counts votes of term 3: it counts for nothing (§5.1)
    vote-reply-not-candidate: it is a leader and counts no votes any more
    vote-counted: 2 votes so far, 3 are needed (§5.2)
    vote-denied: 2 of 3 voters have refused so far
    pre-vote-lost: 2 of 3 voters would refuse, so a majority is out of reach: no term is begun (D §9.6)
    append-accepted: the entry before matches, so 3 entries are appended; the log agrees with the leader's up to 2 (§5.3)
    append-heartbeat: a heartbeat: the logs agree up to 2, the leader has committed 3 (§5.2)
    append-refused-stale-term: the sender leads term 2, and this server is in term 3 already: that leader is deposed (§5.1)
    append-refused-gap: the entries would follow entry 5, but this log ends at 3: it would have a gap (§5.3)
    append-refused-conflict: entry 2 is of term 3 here and of another term at the leader, so the logs differ before the new entries (§5.3)
    append-truncated: entry 2 conflicts with the leader's, so it goes with all that follow it: 3 entries removed (§5.3)
    reply-stale-term: the reply is of term 2, and this leader leads term 3: it counts for nothing (§5.1)
    reply-not-leader: it is a follower and replicates nothing any more
    reply-nothing-new: the leader knew already that the logs agree up to 2
    match-advanced: s2 holds the log up to 3 now, all of it committed before (§5.3)
    back-tracking: the log of s2 differs, so the leader goes back and tries from entry 3 (§5.3)
    commit-advanced: entry 2 is of the leader's own term and on 3 servers, a majority: it is committed (§5.3, §5.4.2)
    commit-waits-for-majority: entry 2 is on 3 servers, which is no majority yet (§5.3)
    commit-waits-for-current-term: entry 2 is on a majority, but of the earlier term 3: only entries of the leader's own term are committed by counting (§5.4.2)
    proposal-appended: the leader appends it as entry 2 of term 3 (§5.3)
    not-leader: only the leader serves this, and that is s2 (§8)
    read-waits-for-heartbeats: before it answers from entry 3, the leader makes sure by heartbeat round 2 that it still leads (§8, D §6.4)
    read-waits-for-no-op: the leader knows commitment up to 2 only, and must commit entry 3, the first of its term, before it serves reads (§8, D §6.4)
    read-confirmed: 3 servers confirmed the leader, so the read is served at entry 2 (§8, D §6.4)
    read-local: answered from this server's own state, applied up to 2, asking nobody: it may be stale (§8)
    leadership-lost: leadership ended in term 2 before the answer was certain
    heartbeat-due: the leader of term 2 tells its followers that it is there (§5.2)
    check-quorum-passed: the leader heard from 2 servers, itself included, and 3 are needed: it goes on (D §6.2)
    timer-ignored: it is a leader, for which this timer means nothing
    started: it starts as a follower (§5.2)
    election-waits-for-disk: the votes suffice, but its own vote of term 3 is not durable yet (Figure 2)
    append-from-second-leader: s2 claims to lead term 3 too: two leaders in one term, so a rule or a disk is broken (§5.2)
    higher-term-ignored: it stays in term 3 though it met term 2: the rule step-down-on-higher-term is off (§5.1)
    unknown-sender: s2 is not in the configuration"
  `);
});

test("one is not many", () => {
  expect(reasonText(reason("vote-counted", 1, 2), names)).toBe("1 vote so far, 2 are needed (§5.2)");
  expect(reasonText(reason("append-accepted", 4, 1), names)).toContain("1 entry is appended");
  expect(reasonText(reason("append-truncated", 4, 1), names)).toContain("1 entry removed");
});

test("a sentence does not claim what a rule that is off would have made sure of", () => {
  const off = (rules: Partial<typeof CORRECT_RAFT>, code: (typeof REASON_CODES)[number]): string =>
    reasonText(reason(code, 2, 3), names, { ...CORRECT_RAFT, ...rules });
  expect(off({ oneVotePerTerm: false }, "vote-granted")).not.toContain("has not voted");
  expect(off({ persistVote: false }, "vote-granted")).toContain("remembers no vote");
  expect(off({ upToDateVote: false }, "vote-granted")).not.toContain("at least as up-to-date");
  expect(off({ majorityToWin: false }, "won-election")).not.toContain("are a majority");
  expect(off({ currentTermCommit: false }, "commit-advanced")).not.toContain("own term");
  expect(off({ majorityCommit: false }, "commit-advanced")).toContain("was sent to");
  expect(off({ logMatchingCheck: false }, "append-accepted")).not.toContain("agrees");
  expect(off({ confirmLeadership: false }, "read-confirmed")).not.toContain("confirmed");
});
